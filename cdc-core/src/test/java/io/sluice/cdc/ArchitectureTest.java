package io.sluice.cdc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** Data goes one way through the rooms of this module. Each rule ends with its remedy. */
@AnalyzeClasses(
    packages = "io.sluice.cdc",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OwnModule.class})
class ArchitectureTest {
  /** The testkit is on the class path of the tests, but it is another house. */
  static final class OwnModule implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/io/sluice/cdc/testkit/");
    }
  }

  private static final Rooms ROOMS =
      new Rooms(
          "io.sluice.cdc",
          // Leaves: every room may use them, they use no room. Add one here.
          Set.of("event", "config", "error", "status"),
          List.of(
              Set.of("internal.mysql"),
              Set.of("internal.load", "internal.binlog"),
              Set.of("internal.transform"),
              Set.of("internal.batch"),
              Set.of("sink"),
              Set.of("internal.pipeline"),
              Set.of("")));

  @ArchTest
  static final ArchRule data_goes_one_way =
      classes()
          .should(ROOMS.useOnlyWhatLiesBehind())
          .because(
              "data goes mysql -> load|binlog -> transform -> batch -> sink -> pipeline -> front door."
                  + " Remedy: hand the data forward through an interface that the user of it"
                  + " implements (a callback), or move the shared type into a leaf (see ROOMS)")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_sink_spi_knows_only_leaves =
      noClasses()
          .that()
          .resideInAPackage("io.sluice.cdc.sink..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.cdc.internal..", "io.sluice.cdc")
          .because(
              "somebody else's sink must not need our insides."
                  + " Remedy: move the type that both need into a leaf (see ROOMS)")
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
  static final ArchRule the_api_shows_nothing_internal =
      classes()
          .that(Rooms.seenByUsers())
          .should(ROOMS.exposeNothingInternal())
          .because(
              "what is internal may change without notice."
                  + " Remedy: take or return a type of the API, or make the member package-private")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_the_binlog_room_knows_debezium_and_kafka =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.cdc.internal.binlog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.debezium..", "org.apache.kafka..", "com.github.shyiko..")
          .because(
              "an upgrade of Debezium must stay a matter of one package."
                  + " Remedy: translate to a type of event inside internal.binlog")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_core_knows_no_store_and_no_file_format =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk..", "org.apache.parquet..", "org.apache.hadoop..")
          .because(
              "where rows go is the business of a sink."
                  + " Remedy: put the code into cdc-sink-s3, behind the SPI in io.sluice.cdc.sink")
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
