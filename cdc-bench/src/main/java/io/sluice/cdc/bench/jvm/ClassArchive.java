package io.sluice.cdc.bench.jvm;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Lets JVMs start in a fraction of the time: the first one that ends in order leaves its loaded
 * classes in a file, and all later ones begin with that (class data sharing, JEP 350; from JDK 25
 * on with what it learnt of its methods, JEP 514 and 515). The JVM wants jars for this, so folders
 * of classes are packed. Used by one thread.
 */
public final class ClassArchive {
  private static final int LEARNS_METHODS = 25;

  private final Path archive;
  private final String classPath;

  private ClassArchive(Path archive, String classPath) {
    this.archive = archive;
    this.classPath = classPath;
  }

  /** Packs this JVM's class path into an empty folder. */
  public static ClassArchive open(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        entries.add(pack(path, folder.resolve(entries.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        entries.add(path.toString());
      }
    }
    return new ClassArchive(
        folder.resolve("classes.jsa"), String.join(File.pathSeparator, entries));
  }

  /** One over the same class path for JVMs that load other classes than the rest. */
  public ClassArchive named(String name) {
    return new ClassArchive(archive.resolveSibling(name + ".jsa"), classPath);
  }

  /** The packed class path. */
  public String classPath() {
    return classPath;
  }

  /**
   * What the JVM is to be told.
   *
   * @param endsInOrder whether the process is to end by itself
   */
  public List<String> flags(boolean endsInOrder) {
    boolean exists = Files.exists(archive);
    if (!exists && !endsInOrder) {
      return List.of();
    }
    if (Runtime.version().feature() >= LEARNS_METHODS) {
      return List.of(
          (exists ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + archive, "-Xlog:cds*=off,aot*=off");
    }
    return List.of(
        (exists ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive,
        "-Xlog:cds*=off");
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        packed.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, packed);
        packed.closeEntry();
      }
    }
    return jar;
  }
}
