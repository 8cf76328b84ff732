# Shared by the scripts beside it; sourced, never run. Works with bash 3.2 and later on Linux and macOS.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# Native code is used on purpose (zstd, DuckDB): newer JVMs want to be told.
java_flags=(--enable-native-access=ALL-UNNAMED)

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# The major version of the JDK in the folder $1, or 0 when there is none with a compiler.
jdk_major() {
  local version
  if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ]; then
    echo 0
    return
  fi
  version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1) || version=0
  echo "${version:-0}"
}

# Where JDKs are usually put, one a line. The default first, then as found.
jdk_candidates() {
  local java
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  if java=$(command -v java); then
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
  [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v 17+ 2>/dev/null || true
  ls -d /usr/lib/jvm/*/ "$HOME"/.sdkman/candidates/java/*/ /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home 2>/dev/null || true
}

# Prints the first JDK whose major version is at least $1.
find_jdk() {
  local wanted=$1 home
  while IFS= read -r home; do
    home=${home%/}
    if [ "$(jdk_major "$home")" -ge "$wanted" ]; then
      echo "$home"
      return 0
    fi
  done <<EOF
$(jdk_candidates)
EOF
  return 1
}

# Sets JAVA_HOME to a JDK of 17 or later, or says how to get one.
need_java() {
  local home
  home=$(find_jdk 17) || die "Sluice needs a JDK of 17 or later, and none was found." \
    "Install one and point JAVA_HOME at it:" \
    "  Debian, Ubuntu: apt-get install openjdk-17-jdk-headless" \
    "  Fedora, RHEL:   dnf install java-17-openjdk-devel" \
    "  macOS:          brew install openjdk@17"
  export JAVA_HOME=$home
  if [ "$(jdk_major "$home")" -ge 23 ]; then
    java_flags+=(--sun-misc-unsafe-memory-access=allow)
  fi
}

# Sets JAVA_HOME to the newest JDK that was found, unless it is set: newer JVMs begin with what an earlier one learnt.
newest_java() {
  local home major newest=0
  if [ -z "${JAVA_HOME:-}" ]; then
    while IFS= read -r home; do
      major=$(jdk_major "${home%/}")
      if [ "$major" -gt "$newest" ]; then
        newest=$major
        JAVA_HOME=${home%/}
      fi
    done <<EOF
$(jdk_candidates)
EOF
  fi
  need_java
}

# Prints the path of a shared library by its exact name.
find_library() {
  local dir
  for dir in /lib /lib64 /usr/lib /usr/lib64 /lib/*-linux-gnu /usr/lib/*-linux-gnu /usr/local/lib; do
    if [ -e "$dir/$1" ]; then
      echo "$dir/$1"
      return 0
    fi
  done
  return 1
}

# The MySQL server that the tests and the demo start needs libaio.so.1 on Linux.
need_libaio() {
  if [ "$(uname -s)" != Linux ] || [ "$(uname -m)" != x86_64 ] || [ -n "${CDC_TEST_MYSQL_IMAGE:-}" ]; then
    return 0
  fi
  if link_libaio; then
    return 0
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing libaio, which the MySQL server of the tests needs ..."
    install_libaio || { apt-get update -qq </dev/null >&2 && install_libaio; } || true
  fi
  link_libaio || die "The MySQL server of the tests and the demo needs libaio.so.1. Install it:" \
    "  Debian up to 12, Ubuntu up to 23.10:   sudo apt-get install libaio1" \
    "  Debian 13, Ubuntu 24.04 and later:     sudo apt-get install libaio1t64" \
    "  Fedora, RHEL:                          sudo dnf install libaio" \
    "or run the tests on a Docker image: CDC_TEST_MYSQL_IMAGE=mysql:8.4 bin/verify"
}

install_libaio() {
  local package
  for package in libaio1t64 libaio1; do
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" </dev/null >/dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

# Newer Debian and Ubuntu name the file libaio.so.1t64. It is the same library where time_t always had 64 bits, so
# a link with the old name in a folder of our own does; nothing of the system is changed.
link_libaio() {
  local found links
  if find_library libaio.so.1 >/dev/null; then
    return 0
  fi
  found=$(find_library libaio.so.1t64) || return 1
  links=${XDG_CACHE_HOME:-$HOME/.cache}/sluice/lib
  mkdir -p "$links"
  ln -sf "$found" "$links/libaio.so.1"
  export LD_LIBRARY_PATH="$links${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
}

# Chooses ./mvnw where it can fetch its Maven, else a recent enough mvn from PATH.
need_maven() {
  local version major minor
  if [ -n "${maven_command:-}" ]; then
    return 0
  fi
  if (cd "$root" && ./mvnw -v </dev/null >/dev/null 2>&1); then
    maven_command=./mvnw
    return 0
  fi
  if version=$(mvn -v 2>/dev/null </dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p') && [ -n "$version" ]; then
    major=${version%%.*}
    minor=${version#*.}
    minor=${minor%%.*}
    if [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 8 ]; }; then
      say "./mvnw cannot fetch its Maven; going on with Maven $version from PATH."
      maven_command=mvn
      return 0
    fi
  fi
  die "./mvnw cannot fetch its Maven, and PATH has no mvn of 3.8.6 or later." \
    "Give this machine access to Maven Central, or install Maven."
}

# Runs Maven in the root of the project, without questions. Images named in the environment reach the tests.
maven() {
  local settings=()
  need_maven
  [ -z "${CDC_TEST_MYSQL_IMAGE:-}" ] || settings+=("-Dcdc.test.mysql.image=$CDC_TEST_MYSQL_IMAGE")
  [ -z "${CDC_TEST_S3_IMAGE:-}" ] || settings+=("-Dcdc.test.s3.image=$CDC_TEST_S3_IMAGE")
  (cd "$root" && "$maven_command" -B -ntp ${settings[@]+"${settings[@]}"} "$@" </dev/null)
}

# Compiles what changed since the last time and notes every module's run-time class path in target/runtime.classpath.
build() {
  local stamp=$root/cdc-examples/target/runtime.classpath
  if [ -f "$stamp" ] && [ "$(cat "$root/cdc-examples/target/runtime.root" 2>/dev/null)" = "$root" ] \
    && [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$stamp" -print 2>/dev/null | head -n 1)" ]; then
    return 0
  fi
  say "Building Sluice (once, and after changes) ..."
  # A build that fails half-way must not count as done.
  rm -f "$stamp"
  # Without Spark, which nothing that starts from here needs and which is large.
  maven -q -Dquick -DskipTests -pl '!cdc-spark' compile dependency:build-classpath \
    -Dmdep.outputFile=target/runtime.classpath -DincludeScope=runtime >&2 \
    || die "The build failed; the reason is above."
  pack
  printf '%s' "$root" >"$root/cdc-examples/target/runtime.root"
}

# Puts every module's classes into a jar: the JVM shares classes from jars only (see run_main).
pack() {
  local module
  rm -f "$root"/*/target/*.jsa
  for module in "$root"/cdc-*/; do
    if [ -d "${module}target/classes" ]; then
      "$JAVA_HOME/bin/jar" --create --file "${module}target/packed.jar" -C "${module}target/classes" .
    fi
  done
}

# Compiles cdc-spark with its tests, and writes into the file $spark_arguments what a JVM is started with that has both and
# Spark: the class path, and what Spark needs to look into the JDK. Spark 4.0 runs on JDK 17 and 21.
build_spark() {
  local package
  spark_arguments=$root/cdc-spark/target/spark.arguments
  maven -q -Dquick -DskipTests -pl cdc-spark -am test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/test.classpath -DincludeScope=test >&2 || die "The build failed; the reason is above."
  {
    for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
      java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
      echo "--add-opens=java.base/$package=ALL-UNNAMED"
    done
    printf -- '-cp "%s:%s:%s"\n' "$root/cdc-spark/target/test-classes" "$root/cdc-spark/target/classes" \
      "$(cat "$root/cdc-spark/target/test.classpath")"
  } >"$spark_arguments"
}

# Replaces this shell by the main class $1 of the module $main_module (cdc-examples), so that signals reach it. Options for
# the JVM: JAVA_OPTS. Where $shared_classes is set, the first JVM of that name that ends in order leaves its loaded classes
# in a file (class data sharing), and later ones start from it in about half the time; not where JAVA_OPTS names an AOT cache.
run_main() {
  local main=$1 module=${main_module:-cdc-examples} classpath archive
  shift
  classpath=$(printf '%s' "$root/$module/target/classes:$(cat "$root/$module/target/runtime.classpath")" \
    | sed "s#\($root/cdc-[a-z0-9-]*/target\)/classes#\1/packed.jar#g")
  if [ -n "${shared_classes:-}" ] && [[ "${JAVA_OPTS:-}" != *-XX:AOT* ]]; then
    archive=$root/$module/target/$shared_classes-$(jdk_major "$JAVA_HOME").jsa
    if [ -f "$archive" ]; then
      java_flags+=("-XX:SharedArchiveFile=$archive")
    else
      java_flags+=("-XX:ArchiveClassesAtExit=$archive")
    fi
    # What the JVM has to say of it would stand between lines of JSON.
    java_flags+=("-Xlog:disable" "-Xlog:all=error:stderr" "-Xlog:cds*=off:stderr")
  fi
  # shellcheck disable=SC2086 # JAVA_OPTS holds several words
  exec "$JAVA_HOME/bin/java" "${java_flags[@]}" ${JAVA_OPTS:-} -cp "$classpath" "$main" "$@"
}
