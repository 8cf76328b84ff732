package io.sluice.cdc.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of this module, from the log to the front door. */
@AnalyzeClasses(
    packages = "io.sluice.cdc.spark",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule rooms_use_only_what_lies_behind =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitecture()
          .layer("log")
          .definedBy("io.sluice.cdc.spark.internal.log")
          .layer("lake")
          .definedBy("io.sluice.cdc.spark.internal.lake")
          .layer("rows")
          .definedBy("io.sluice.cdc.spark.internal.rows")
          .layer("merge")
          .definedBy("io.sluice.cdc.spark.internal.merge")
          .layer("front door")
          .definedBy("io.sluice.cdc.spark")
          .whereLayer("log")
          .mayNotAccessAnyLayer()
          .whereLayer("lake")
          .mayNotAccessAnyLayer()
          .whereLayer("rows")
          .mayOnlyAccessLayers("lake")
          .whereLayer("merge")
          .mayOnlyAccessLayers("log", "lake", "rows")
          .whereLayer("front door")
          .mayNotBeAccessedByAnyLayer()
          .because(
              "a package that looks ahead can only be understood with what it looks at. Remedy: hand"
                  + " the data forward, or move what both need into the room behind");

  @ArchTest
  static final ArchRule nothing_needs_more_of_sluice_than_what_reads_the_log =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.cdc.internal..",
              "io.sluice.cdc.s3.internal..",
              "software.amazon..",
              "org.apache.parquet..")
          .because(
              "a cluster has its own S3 client and its own Parquet. Remedy: read by Hadoop's file"
                  + " system, or ask cdc-sink-s3 for a method");

  @ArchTest
  static final ArchRule only_the_log_room_knows_hadoop =
      classes()
          .that()
          .resideOutsideOfPackage("io.sluice.cdc.spark.internal.log")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("org.apache.hadoop.fs..")
          .because("one class fetches objects. Remedy: ask HadoopStore");
}
