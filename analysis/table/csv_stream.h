/* csv_stream: the bytes of an input in file order: a plain file (read in parallel), gzip data, a pipe or standard
 * input. A file is read into the caller's buffer, never mapped, so that memory does not grow with it. */
#ifndef KG_TABLE_CSV_STREAM_H
#define KG_TABLE_CSV_STREAM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

struct kg_stream;

/* Opens a path, "-" for standard input; closed with the arena. KG_EDATA: cannot be opened. */
enum kg_status kg_stream_open(const char *path, struct kg_arena *arena, struct kg_stream **input,
			      struct kg_error *error) KG_CHECKED;

/* True when what was read is gone: a pipe or standard input, which cannot be opened a second time. */
bool kg_stream_once(const struct kg_stream *input);

/* Shares the reading of a plain file out to threads, `slice` bytes at a time; one thread without it. */
void kg_stream_share(struct kg_stream *input, size_t slice, size_t threads);

/* The next `room` bytes, unpacked; fewer only at the end of the input. KG_EIO: cannot be read; KG_EDATA: damaged gzip
 * data. */
enum kg_status kg_stream_next(struct kg_stream *input, char *into, size_t room, size_t *got,
			      struct kg_error *error) KG_CHECKED;

/* Gives bytes back: kg_stream_next hands them out again first. KG_ENOMEM. */
enum kg_status kg_stream_keep(struct kg_stream *input, const char *bytes, size_t length,
			      struct kg_error *error) KG_CHECKED;

/* Share of the input that was read, 0 to 1; 0 when its size is not known. */
double kg_stream_fraction(const struct kg_stream *input);

void kg_stream_close(struct kg_stream *input);

#endif
