/* file: whole files in, whole files out. A file that is written is old or new, never torn. */
#ifndef KG_BASE_FILE_H
#define KG_BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* Reads a whole file into the arena (NUL added). KG_EIO: cannot be opened or read. */
enum kg_status kg_file_read(const char *path, struct kg_arena *arena, char **text, size_t *length,
			    struct kg_error *error) KG_CHECKED;

/* Writes to a temporary file beside `path`, flushes it to disk and renames it over `path`.
 * A symbolic link stays and the file behind it is replaced; a pipe or device is written to directly.
 * KG_EIO: any step failed; `path` is as it was and the temporary file is gone. */
enum kg_status kg_file_write(const char *path, const char *bytes, size_t length, struct kg_error *error) KG_CHECKED;

/* Writes all bytes to an open descriptor (stdout). KG_EIO when the reader is gone or the disk is full. */
enum kg_status kg_file_put(int descriptor, const char *bytes, size_t length, struct kg_error *error) KG_CHECKED;

/* Makes a folder and those above it; nothing when it is there. KG_EIO: cannot be made. */
enum kg_status kg_file_folder(const char *path, struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

/* Directory part of a path, "." when there is none; text in the arena, NULL when memory is out. */
char *kg_file_directory(const char *path, struct kg_arena *arena);

/* Last part of a path without its endings (.csv, .csv.gz): the name a table goes by. */
char *kg_file_stem(const char *path, struct kg_arena *arena);

/* `directory`/`name`, or `name` alone when it is absolute or the directory is ".". */
char *kg_file_join(const char *directory, const char *name, struct kg_arena *arena);

#endif
