"""Files wherever Spark reads and writes: the Hadoop file system that a path belongs to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOCAL = "file"


class Root(NamedTuple):
    """A path with its file system, both of Java. `text` is the whole name, as Spark shows it."""

    path: Any
    system: Any
    text: str


def root_of(spark: SparkSession, path: str) -> Root:
    """The place of a path. One without a scheme on a local disk is taken from the folder of this process."""
    context = spark.sparkContext
    assert context._jvm is not None
    hadoop: Any = context._jvm.org.apache.hadoop.fs
    given = hadoop.Path(path)
    system = given.getFileSystem(context._jsc.hadoopConfiguration())
    if system.getScheme() == _LOCAL and given.toUri().getScheme() is None:
        given = hadoop.Path(os.path.abspath(path))
    whole = system.makeQualified(given)
    return Root(whole, system, str(whole.toString()))


def below(spark: SparkSession, root: Root, name: str) -> Any:
    """The path of Java of something in a folder."""
    context = spark.sparkContext
    assert context._jvm is not None
    hadoop: Any = context._jvm.org.apache.hadoop.fs
    return hadoop.Path(root.path, name)
