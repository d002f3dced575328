package io.procession.examples.lessons;

import io.procession.pool.Pool;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Thumbnails of all pictures in a directory. Workers get paths, since they can read files themselves, and give back the bytes of small PNGs. AWT and
 * its native libraries are loaded in the workers only.
 */
public final class Thumbnails {
    private static final int SIDE_PIXELS = 64;

    private Thumbnails() {}

    /** Arguments: the directory of the pictures; that of the thumbnails. */
    public static void main(String[] arguments) throws Exception {
        Path target = Files.createDirectories(Path.of(arguments[1]));
        List<Path> pictures;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            pictures = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
        try (Pool pool = Pool.of(2)) {
            List<byte[]> thumbnails = pool.map(Thumbnails::thumbnail, pictures);
            for (int i = 0; i < pictures.size(); i++) {
                Files.write(target.resolve(pictures.get(i).getFileName()), thumbnails.get(i));
            }
        }
        System.out.println(pictures.size() + " thumbnails");
    }

    private static byte[] thumbnail(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        double scale = (double) SIDE_PIXELS / Math.max(image.getWidth(), image.getHeight());
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(small, "png", bytes);
        return bytes.toByteArray();
    }
}
