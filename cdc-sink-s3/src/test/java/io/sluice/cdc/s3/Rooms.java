package io.sluice.cdc.s3;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rooms of a module in the order in which data passes them, and what may be said about them.
 * The core holds a twin of this class: a rule about tests is not worth a jar of its own.
 *
 * @param root the package below which the rooms are
 * @param leaves packages that every room may use and that use no room, relative to the root
 * @param rows rooms in the order of the data, relative to the root; rooms of one row do not know
 *     each other; the empty name is the front door
 */
record Rooms(String root, Set<String> leaves, List<Set<String>> rows) {

  /** What a class uses lies behind it or is a leaf. */
  ArchCondition<JavaClass> useOnlyWhatLiesBehind() {
    return new ArchCondition<>("use only rooms that lie behind, and leaves") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf().stream()
            .filter(use -> isInModule(use.getTargetClass()))
            .filter(use -> !mayUse(room(user), room(use.getTargetClass())))
            .forEach(use -> events.add(violation(use)));
      }
    };
  }

  /** A package is known: a new one has to be given its place. */
  ArchCondition<JavaClass> haveAPlace() {
    return new ArchCondition<>("be in a room or a leaf") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String room = room(type);
        if (!leaves.contains(room) && row(room).isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  type, "package " + type.getPackageName() + " has no place: " + type.getName()));
        }
      }
    };
  }

  /** What users can see or extend names nothing internal. */
  ArchCondition<JavaClass> exposeNothingInternal() {
    return new ArchCondition<>("expose nothing internal") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaType> above =
            Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        reportInternal(type, type.getName(), above, events);
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          if (isVisible(unit.getModifiers())) {
            Stream<JavaType> signature =
                Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getTypeParameters().stream(),
                        unit.getExceptionTypes().stream())
                    .flatMap(types -> types);
            reportInternal(type, unit.getFullName(), signature, events);
          }
        }
        for (JavaField field : type.getFields()) {
          if (isVisible(field.getModifiers())) {
            reportInternal(type, field.getFullName(), Stream.of(field.getType()), events);
          }
        }
      }
    };
  }

  /** A package says in its package-info that null is the exception. */
  static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package marked @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, "package " + type.getPackageName() + " is not marked: " + type.getName()));
        }
      }
    };
  }

  /** Public, and so is everything around it. */
  static DescribedPredicate<JavaClass> seenByUsers() {
    return DescribedPredicate.describe(
        "are seen by users",
        type ->
            !isInternal(type)
                && Stream.iterate(
                        type,
                        inner -> inner != null,
                        inner -> inner.getEnclosingClass().orElse(null))
                    .allMatch(inner -> isVisible(inner.getModifiers())));
  }

  /** Every package is a slice of its own, the front door too. */
  SliceAssignment packages() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return isInModule(type)
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + root;
      }
    };
  }

  private boolean mayUse(String user, String used) {
    if (user.equals(used) || leaves.contains(used)) {
      return true;
    }
    OptionalInt from = row(user);
    OptionalInt to = row(used);
    return from.isPresent() && to.isPresent() && to.getAsInt() < from.getAsInt();
  }

  private OptionalInt row(String room) {
    return IntStream.range(0, rows.size()).filter(i -> rows.get(i).contains(room)).findFirst();
  }

  private boolean isInModule(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(root) || name.startsWith(root + ".");
  }

  /** The room or leaf that a class belongs to, also from a package below it. */
  private String room(JavaClass type) {
    String name = type.getPackageName();
    String relative = name.equals(root) ? "" : name.substring(root.length() + 1);
    return Stream.concat(leaves.stream(), rows.stream().flatMap(Set::stream))
        .filter(room -> !room.isEmpty() && relative.startsWith(room + "."))
        .findFirst()
        .orElse(relative);
  }

  private static ConditionEvent violation(Dependency use) {
    return SimpleConditionEvent.violated(use.getOriginClass(), use.getDescription());
  }

  private static void reportInternal(
      JavaClass type, String where, Stream<? extends JavaType> types, ConditionEvents events) {
    types
        .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
        .filter(Rooms::isInternal)
        .distinct()
        .forEach(
            hidden ->
                events.add(
                    SimpleConditionEvent.violated(type, where + " shows " + hidden.getName())));
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("io.sluice.")
        && (type.getPackageName() + ".").contains(".internal.");
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
