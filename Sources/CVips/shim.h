#pragma once
#include <stdio.h>
#include <vips/vips.h>

// Every libvips operation is variadic, which Swift can't call: here is one function an operation, with just
// the options that are used. Each returns 0, or −1 with the reason in libvips' error buffer, and never prints.

// Loaders by name, so that a file can't choose one. Rows come from the top, once; a file that ends early fails.
#define PHOTO_LOADER(format) \
  static inline int photo_load_##format(const void *bytes, size_t count, VipsImage **image) { \
    return vips_##format##load_buffer( \
      (void *)bytes, count, image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL); \
  }

PHOTO_LOADER(jpeg)
PHOTO_LOADER(png)
PHOTO_LOADER(webp)
PHOTO_LOADER(tiff)
PHOTO_LOADER(heif)
PHOTO_LOADER(gif)

#undef PHOTO_LOADER

// To 8-bit sRGB by the profile that the picture carries; transparency is kept.
static inline int photo_srgb_by_profile(VipsImage *image, VipsImage **converted) {
  return vips_icc_transform(
    image, converted, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE, "depth", 8, NULL);
}

// To 8-bit sRGB by what the picture's numbers mean (grey, CMYK, 16 bit); transparency is kept.
static inline int photo_srgb(VipsImage *image, VipsImage **converted) {
  return vips_colourspace(image, converted, VIPS_INTERPRETATION_sRGB, NULL);
}

// CMYK without a profile to sRGB, each colour being (1 − ink) × (1 − black), as browsers and Pillow take it.
static inline int photo_srgb_from_inks(VipsImage *image, VipsImage **converted) {
  VipsImage *light = NULL, *colours = NULL, *grey = NULL, *product = NULL, *levels = NULL;
  int status = vips_invert(image, &light, NULL) || vips_extract_band(light, &colours, 0, "n", 3, NULL)
    || vips_extract_band(light, &grey, 3, NULL) || vips_multiply(colours, grey, &product, NULL)
    || vips_linear1(product, &levels, 1.0 / 255, 0.5, "uchar", TRUE, NULL)
    || vips_copy(levels, converted, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
  VIPS_UNREF(light);
  VIPS_UNREF(colours);
  VIPS_UNREF(grey);
  VIPS_UNREF(product);
  VIPS_UNREF(levels);
  return status ? -1 : 0;
}

// The first `count` bands.
static inline int photo_first_bands(VipsImage *image, int count, VipsImage **bands) {
  return vips_extract_band(image, bands, 0, "n", count, NULL);
}

// Transparent parts on white.
static inline int photo_on_white(VipsImage *image, VipsImage **flat) {
  double levels[] = {255, 255, 255};
  VipsArrayDouble *white = vips_array_double_new(levels, 3);
  int status = vips_flatten(image, flat, "background", white, NULL);
  vips_area_unref(VIPS_AREA(white));
  return status;
}

// Turned and mirrored as the orientation field says.
static inline int photo_upright(VipsImage *image, VipsImage **upright) {
  return vips_autorot(image, upright, NULL);
}

// As a JPEG in memory that `g_free` frees, without anything about where it came from.
static inline int photo_save_jpeg(VipsImage *image, int quality, void **bytes, size_t *count) {
  return vips_jpegsave_buffer(image, bytes, count, "Q", quality, "strip", TRUE, NULL);
}

// One line of text as a mask, cut to its ink; its xoffset and yoffset say where that lies. `markup` is Pango's.
static inline int photo_text(const char *markup, const char *font, VipsImage **mask) {
  return vips_text(mask, markup, "font", font, "dpi", 72, NULL);
}

// VIPS_INIT is a macro that also checks that header and library fit.
static inline int photo_init(void) { return VIPS_INIT("photo"); }

// While muted, what C code prints to its `stderr` is lost; the descriptor itself stays as it is. For decoders
// that print and know no other way. Swift can't touch the variable. Gives what `photo_unmute` takes.
static inline FILE *photo_mute(FILE *nowhere) {
  FILE *usual = stderr;
  if (nowhere) stderr = nowhere;
  return usual;
}

static inline void photo_unmute(FILE *usual) { stderr = usual; }
