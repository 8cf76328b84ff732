"""Merges what a Sluice pipeline has committed into Iceberg tables, from Python or as a script of AWS Glue.

    spark-submit --packages io.sluice:cdc-spark:VERSION,org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.10.1 \
        merge.py --pipeline shop --location s3a://lake/raw --into 'lake.{database}.{table}'
"""
import sys

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession


def merge(spark, arguments):
    """Returns the Java object that tells what was done; str() of it has a line for each table."""
    job = spark.sparkContext._jvm.io.sluice.cdc.spark.MergeJob
    return job.run(spark._jsparkSession, arguments)


if __name__ == "__main__":
    session = SparkSession.builder.appName("sluice-merge").getOrCreate()
    try:
        print(merge(session, sys.argv[1:]))
    except Py4JJavaError as e:
        sys.exit(e.java_exception.getMessage())  # one line on stderr, and exit code 1
    finally:
        session.stop()
