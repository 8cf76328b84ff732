package io.sluice.cdc.s3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** Data goes one way through the rooms of this module. Each rule ends with its remedy. */
@AnalyzeClasses(
    packages = "io.sluice.cdc.s3",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final Rooms ROOMS =
      new Rooms(
          "io.sluice.cdc.s3",
          // Leaves: every room may use them, they use no room. Add one here.
          Set.of("internal.client", "internal.key", "internal.record", "internal.failpoint"),
          List.of(
              Set.of("internal.encode"),
              Set.of("internal.stage"),
              Set.of("internal.commit"),
              Set.of("internal.segment"),
              Set.of("internal.promote"),
              Set.of("internal.recover"),
              Set.of("internal.compact"),
              Set.of(""),
              Set.of("sql")));

  @ArchTest
  static final ArchRule data_goes_one_way =
      classes()
          .should(ROOMS.useOnlyWhatLiesBehind())
          .because(
              "data goes encode -> stage -> commit -> segment -> promote -> recover -> compact"
                  + " -> front door -> sql. Remedy:"
                  + " hand the data forward through an interface that the user of it implements (a"
                  + " callback), or move the shared type into a leaf (see ROOMS)")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule every_package_has_its_place =
      classes()
          .should(ROOMS.haveAPlace())
          .because(
              "a package that nobody placed is watched by no rule."
                  + " Remedy: put the class into a room that exists, or give the new package its"
                  + " place in ROOMS of this test and in docs")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule no_packages_use_each_other_in_a_circle =
      slices()
          .assignedFrom(ROOMS.packages())
          .should()
          .beFreeOfCycles()
          .because(
              "two packages in a circle can only be understood and changed together."
                  + " Remedy: move what both need into a leaf, or turn one use into a callback")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_core_is_known_by_its_spi_alone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.cdc.internal..", "io.sluice.cdc")
          .because(
              "this sink is one of many that could be written."
                  + " Remedy: use io.sluice.cdc.sink, event, config and error; if something is"
                  + " missing there, every sink misses it: add it to the SPI")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_api_shows_nothing_internal =
      classes()
          .that(Rooms.seenByUsers())
          .should(ROOMS.exposeNothingInternal())
          .because(
              "what is internal may change without notice."
                  + " Remedy: take or return a type of the API, or make the member package-private")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_the_encode_room_knows_parquet_and_hadoop =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.cdc.s3.internal.encode..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..")
          .because(
              "the file format must stay a matter of one package."
                  + " Remedy: give internal.encode a method that says it in Sluice's own types")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule no_room_knows_debezium_or_kafka =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.debezium..", "org.apache.kafka..", "com.github.shyiko..")
          .because(
              "a sink sees rows, never records of the source's library."
                  + " Remedy: carry what is needed in a type of io.sluice.cdc.event")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .should(Rooms.beInANullMarkedPackage())
          .because(
              "NullAway looks only at marked packages."
                  + " Remedy: add a package-info.java with @NullMarked")
          .allowEmptyShould(true);
}
