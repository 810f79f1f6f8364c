#pragma once
#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// libpng reports errors by longjmp, which must never cross a Swift frame. So its error, warning and write
// functions are C, and every call that may fail has a function here with its own setjmp. Such a function
// returns 0, or −1 with the reason in the file's `message` or, where the system gave one, `error_number`.

struct png_file {
  FILE *stream;
  png_structp png;
  png_infop info;
  jmp_buf on_error;
  char message[128];
  int error_number;
};

static void png_file_error(png_structp png, png_const_charp message) {
  struct png_file *file = (struct png_file *)png_get_error_ptr(png);
  snprintf(file->message, sizeof file->message, "%s", message);
  longjmp(file->on_error, 1);
}

// Left alone, libpng prints warnings.
static void png_file_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void png_file_write(png_structp png, png_bytep bytes, size_t count) {
  struct png_file *file = (struct png_file *)png_get_io_ptr(png);
  errno = 0;
  if (fwrite(bytes, 1, count, file->stream) == count) return;
  file->error_number = errno;
  png_error(png, "write failed");
}

static void png_file_flush(png_structp png) { (void)png; }

// Closes the file, frees everything, and gives 0 or the errno of the last bytes' way out.
static inline int png_file_close(struct png_file *file) {
  int error_number = 0;
  if (file->png) png_destroy_write_struct(&file->png, &file->info);
  if (file->stream && fclose(file->stream) != 0) error_number = errno;
  free(file);
  return error_number;
}

// A new file, replacing what is at `path`; NULL with errno.
static inline struct png_file *png_file_open(const char *path) {
  struct png_file *file = (struct png_file *)calloc(1, sizeof *file);
  if (!file) return NULL;
  file->stream = fopen(path, "wbe");
  if (!file->stream) {
    int error_number = errno;
    free(file);
    errno = error_number;
    return NULL;
  }
  return file;
}

// A text of one chunk, which libpng copies. A plain text chunk is Latin-1, and more programs show it; the
// international one is UTF-8.
static void png_file_set_text(struct png_file *file, const char *key, const char *value, int is_international) {
  png_text text = {0};
  text.compression = is_international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
  text.key = (png_charp)key;
  text.text = (png_charp)value;
  text.text_length = is_international ? 0 : strlen(value);
  text.itxt_length = is_international ? strlen(value) : 0;
  png_set_text(file->png, file->info, &text, 1);
}

// Everything before the rows. Texts are pairs of key and value, in UTF-8; `xmp` is an XMP packet or NULL.
static inline int png_file_start(
  struct png_file *file, png_uint_32 width, png_uint_32 height, const char *const *texts, int text_count,
  const char *xmp
) {
  if (setjmp(file->on_error)) return -1;
  file->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, file, png_file_error, png_file_warning);
  if (!file->png) return -1;
  file->info = png_create_info_struct(file->png);
  if (!file->info) return -1;
  png_set_write_fn(file->png, file, png_file_write, png_file_flush);
  png_set_IHDR(
    file->png, file->info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(file->png, file->info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_filter(file->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_PAETH);
  png_set_compression_strategy(file->png, Z_RLE);
  for (int index = 0; index < text_count; index++) {
    const char *key = texts[2 * index];
    const char *value = texts[2 * index + 1];
    int is_ascii = 1;
    for (const char *byte = value; *byte; byte++) is_ascii &= (unsigned char)*byte < 0x80;
    png_file_set_text(file, key, value, !is_ascii);
  }
  // The XMP specification (part 3) names the key and the kind of chunk.
  if (xmp) png_file_set_text(file, "XML:com.adobe.xmp", xmp, 1);
  png_write_info(file->png, file->info);
  return 0;
}

static inline int png_file_write_row(struct png_file *file, const unsigned char *row) {
  if (setjmp(file->on_error)) return -1;
  png_write_row(file->png, row);
  return 0;
}

static inline int png_file_end(struct png_file *file) {
  if (setjmp(file->on_error)) return -1;
  png_write_end(file->png, NULL);
  return 0;
}
