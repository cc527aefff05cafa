#include "table/csv_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/parallel.h"

/* zlib's own buffer; its default of 8 KiB makes many small calls. */
#define ZIP_BUFFER (1u << 18)
/* The longest single request to zlib. */
#define ZIP_MOST ((size_t)1 << 30)

struct kg_stream {
	int descriptor;
	gzFile zip; /* NULL = a plain file, read by position */
	off_t offset, size;
	size_t slice, threads;
	bool regular;
	char *kept;
	size_t nkept;
};

void kg_stream_close(struct kg_stream *input)
{
	if (input->zip)
		gzclose(input->zip);
	else if (input->descriptor >= 0)
		close(input->descriptor);
	free(input->kept);
	input->kept = NULL;
	input->nkept = 0;
	input->zip = NULL;
	input->descriptor = -1;
}

static void release(void *object)
{
	kg_stream_close(object);
}

static bool is_zipped(const struct kg_stream *input)
{
	unsigned char magic[2];

	return pread(input->descriptor, magic, 2, input->offset) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
}

/* What is no plain file goes through zlib, which passes on what is not packed. */
static enum kg_status prepare(struct kg_stream *input, struct kg_error *error)
{
	struct stat about;

	if (fstat(input->descriptor, &about) != 0)
		return kg_error_set(error, KG_EDATA, "cannot be read: %s", strerror(errno));
	if (S_ISDIR(about.st_mode))
		return kg_error_set(error, KG_EDATA, "is a folder; name a file in it");
	input->regular = S_ISREG(about.st_mode);
	input->size = about.st_size;
	if (input->regular && !is_zipped(input))
		return KG_OK;
	input->zip = gzdopen(input->descriptor, "rb");
	if (!input->zip || gzbuffer(input->zip, ZIP_BUFFER) != 0)
		return kg_error_memory(error);
	return KG_OK;
}

enum kg_status kg_stream_open(const char *path, struct kg_arena *arena, struct kg_stream **input,
			      struct kg_error *error)
{
	bool standard = strcmp(path, "-") == 0;
	struct kg_stream *made = KG_NEW(arena, struct kg_stream);

	if (!made)
		return kg_error_memory(error);
	made->descriptor = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open(path, O_RDONLY | O_CLOEXEC);
	if (made->descriptor < 0)
		return kg_error_set(error, KG_EDATA, "cannot be opened: %s", strerror(errno));
	if (!kg_arena_defer(arena, release, made))
		return kg_error_memory(error);
	if (standard) {
		off_t here = lseek(made->descriptor, 0, SEEK_CUR);

		made->offset = here > 0 ? here : 0;
	}
	*input = made;
	return prepare(made, error);
}

bool kg_stream_once(const struct kg_stream *input)
{
	return !input->regular;
}

double kg_stream_fraction(const struct kg_stream *input)
{
	off_t at = input->zip ? gzoffset(input->zip) : input->offset;

	return input->regular && input->size > 0 ? (double)at / (double)input->size : 0;
}

struct slices {
	const struct kg_stream *input;
	char *into;
	size_t length, slice;
};

static enum kg_status read_slice(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	const struct slices *slices = context;
	size_t at = index * slices->slice, end = at + slices->slice;

	(void)scratch;
	end = end < slices->length ? end : slices->length;
	while (at < end) {
		ssize_t got =
		    pread(slices->input->descriptor, slices->into + at, end - at, slices->input->offset + (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return kg_error_set(error, KG_EIO, "cannot be read: %s", strerror(errno));
		if (got == 0)
			return kg_error_set(error, KG_EIO, "became shorter while it was read; try again");
		at += (size_t)got;
	}
	return KG_OK;
}

static enum kg_status read_plain(struct kg_stream *input, char *into, size_t room, size_t *got, struct kg_error *error)
{
	size_t left = input->size > input->offset ? (size_t)(input->size - input->offset) : 0;
	struct slices slices = { input, into, left < room ? left : room, input->slice ? input->slice : room + 1 };
	size_t count = (slices.length + slices.slice - 1) / slices.slice;

	KG_TRY(kg_parallel_each(count, input->threads ? input->threads : 1, read_slice, &slices, error));
	input->offset += (off_t)slices.length;
	*got += slices.length;
	return KG_OK;
}

static enum kg_status read_zip(struct kg_stream *input, char *into, size_t room, size_t *got, struct kg_error *error)
{
	size_t used = 0;

	while (used < room) {
		size_t want = room - used < ZIP_MOST ? room - used : ZIP_MOST;
		int count = gzread(input->zip, into + used, (unsigned)want), code = Z_OK;

		if (count > 0) {
			used += (size_t)count;
			continue;
		}
		gzerror(input->zip, &code);
		if (code == Z_ERRNO)
			return kg_error_set(error, KG_EIO, "cannot be read: %s", strerror(errno));
		if (count < 0 || (code != Z_OK && code != Z_STREAM_END))
			return kg_error_set(error, KG_EDATA,
					    "the gzip data are damaged or cut short; fetch or pack the file again");
		break;
	}
	*got += used;
	return KG_OK;
}

void kg_stream_share(struct kg_stream *input, size_t slice, size_t threads)
{
	input->slice = slice;
	input->threads = threads;
}

enum kg_status kg_stream_next(struct kg_stream *input, char *into, size_t room, size_t *got, struct kg_error *error)
{
	*got = input->nkept < room ? input->nkept : room;
	if (*got) {
		memcpy(into, input->kept, *got);
		memmove(input->kept, input->kept + *got, input->nkept - *got);
		input->nkept -= *got;
	}
	if (input->zip)
		return read_zip(input, into + *got, room - *got, got, error);
	return read_plain(input, into + *got, room - *got, got, error);
}

enum kg_status kg_stream_keep(struct kg_stream *input, const char *bytes, size_t length, struct kg_error *error)
{
	char *kept = malloc(input->nkept + length + 1);

	if (!kept)
		return kg_error_memory(error);
	memcpy(kept, bytes, length);
	if (input->nkept)
		memcpy(kept + length, input->kept, input->nkept);
	free(input->kept);
	input->kept = kept;
	input->nkept += length;
	return KG_OK;
}
