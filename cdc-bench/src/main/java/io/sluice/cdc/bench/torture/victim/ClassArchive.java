package io.sluice.cdc.bench.torture.victim;

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
 * Lets victims start in a fraction of the time, so that there are more moments to kill them at: the
 * first one that ends in order leaves its loaded classes in a file, and all later ones begin with
 * that. The JVM wants jars for this, so folders of classes are packed. Used by one thread.
 */
public final class ClassArchive {
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

  String classPath() {
    return classPath;
  }

  /**
   * What the JVM is to be told.
   *
   * @param endsInOrder whether the process is to end by itself
   */
  List<String> flags(boolean endsInOrder) {
    if (Files.exists(archive)) {
      return List.of("-XX:SharedArchiveFile=" + archive);
    }
    return endsInOrder ? List.of("-XX:ArchiveClassesAtExit=" + archive) : List.of();
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
