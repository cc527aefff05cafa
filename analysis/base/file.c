#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Names tried for a temporary file. */
#define ATTEMPTS_MOST 100

/* What to do about an error of the system, "" where its name says enough. */
static const char *advise(int number)
{
	if (number == ENOSPC || number == EDQUOT)
		return "; free some space, then run again";
	if (number == EACCES || number == EROFS || number == EPERM)
		return "; change the folder's permissions, or work in another";
	return "";
}

static enum kg_status fail(struct kg_error *error, const char *path, const char *what)
{
	bool writing = strstr(what, "written") || strstr(what, "replaced");

	return kg_error_cell(error, KG_EIO, path, 0, NULL, "%s: %s%s", what, strerror(errno),
			     writing ? advise(errno) : "");
}

static enum kg_status read_all(int descriptor, const char *path, struct kg_arena *arena, char **text, size_t *length,
			       struct kg_error *error)
{
	struct stat about;
	size_t room, used = 0;
	char *bytes;

	if (fstat(descriptor, &about) != 0)
		return fail(error, path, "cannot be read");
	if (S_ISDIR(about.st_mode))
		return kg_error_cell(error, KG_EIO, path, 0, NULL, "is a folder, not a file");
	room = about.st_size > 0 ? (size_t)about.st_size + 1 : 65536;
	bytes = kg_arena_alloc(arena, room);
	while (bytes) {
		ssize_t got = read(descriptor, bytes + used, room - used - 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(error, path, "cannot be read");
		if (got == 0)
			break;
		used += (size_t)got;
		if (used + 1 == room) {
			bytes = kg_arena_grow(arena, bytes, room, room * 2);
			room *= 2;
		}
	}
	if (!bytes)
		return kg_error_memory(error);
	bytes[used] = '\0';
	*text = bytes;
	*length = used;
	return KG_OK;
}

enum kg_status kg_file_read(const char *path, struct kg_arena *arena, char **text, size_t *length,
			    struct kg_error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	enum kg_status status;

	if (descriptor < 0)
		return fail(error, path, "cannot be opened");
	status = read_all(descriptor, path, arena, text, length, error);
	close(descriptor);
	return status;
}

enum kg_status kg_file_put(int descriptor, const char *bytes, size_t length, struct kg_error *error)
{
	while (length) {
		ssize_t put = write(descriptor, bytes, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return kg_error_set(error, KG_EIO, "cannot be written: %s%s", strerror(errno), advise(errno));
		bytes += put;
		length -= (size_t)put;
	}
	return KG_OK;
}

/* Sets the last six letters of a temporary file's name. */
static void choose_letters(char *temporary, uint64_t attempt)
{
	char *letters = temporary + strlen(temporary) - 6;
	struct timespec now;
	uint64_t name;

	clock_gettime(CLOCK_MONOTONIC, &now);
	name = (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 20 ^ (uintptr_t)&now << 4 ^ attempt << 40;
	for (size_t k = 0; k < 6; k++, name /= 26)
		letters[k] = (char)('a' + name % 26);
}

/* A new file beside its target. The system applies the user's mask: reading it would need to change it for all
 * threads. */
static int open_beside(char *temporary)
{
	int descriptor = -1;

	for (uint64_t attempt = 0; descriptor < 0 && attempt < ATTEMPTS_MOST; attempt++) {
		choose_letters(temporary, attempt);
		descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (descriptor < 0 && errno != EEXIST)
			break;
	}
	return descriptor;
}

/* A file that is replaced keeps its permissions. */
static bool keep_mode(const char *path, int descriptor)
{
	struct stat about;

	return stat(path, &about) != 0 || fchmod(descriptor, about.st_mode & 07777) == 0;
}

/* Makes a rename durable; a folder that cannot be opened or synced (some network drives) is not an error. */
static void sync_folder(const char *path, struct kg_arena *arena)
{
	char *folder = kg_file_directory(path, arena);
	int descriptor = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (descriptor >= 0) {
		(void)fsync(descriptor);
		close(descriptor);
	}
}

/* A file without a name in the folder of `path`: a run that is killed leaves nothing of it. -1 where the file system or
 * the system has none. */
static int open_unnamed(const char *path, struct kg_arena *arena)
{
	char *folder = kg_file_directory(path, arena);

	if (!folder || access("/proc/self/fd", X_OK) != 0)
		return -1;
	return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
}

/* Gives a file without a name one beside its target. */
static bool link_beside(int descriptor, char *temporary)
{
	char self[32];
	int result = -1;

	snprintf(self, sizeof self, "/proc/self/fd/%d", descriptor);
	for (uint64_t attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
		choose_letters(temporary, attempt);
		result = linkat(AT_FDCWD, self, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW);
		if (result == 0 || errno != EEXIST)
			break;
	}
	return result == 0;
}

static enum kg_status fill(int descriptor, const char *path, const char *bytes, size_t length, struct kg_error *error)
{
	KG_TRY(kg_file_put(descriptor, bytes, length, error));
	if (!keep_mode(path, descriptor) || fsync(descriptor) != 0)
		return fail(error, path, "cannot be written");
	return KG_OK;
}

/* The new content has a name of its own only between two system calls, where files without a name exist. */
static enum kg_status replace(const char *path, int descriptor, bool named, char *temporary, struct kg_error *error)
{
	enum kg_status status = KG_OK;

	if (!named && !link_beside(descriptor, temporary))
		status = fail(error, path, "cannot be written");
	if (status == KG_OK && rename(temporary, path) != 0) {
		status = fail(error, path, "cannot be replaced");
		unlink(temporary);
	}
	return status;
}

static enum kg_status write_beside(const char *path, const char *bytes, size_t length, struct kg_arena *arena,
				   struct kg_error *error)
{
	char *temporary = kg_arena_format(arena, "%s.XXXXXX", path);
	int descriptor = temporary ? open_unnamed(path, arena) : -1;
	bool named = descriptor < 0;
	enum kg_status status;

	if (!temporary)
		return kg_error_memory(error);
	if (named)
		descriptor = open_beside(temporary);
	if (descriptor < 0)
		return fail(error, path, "cannot be written");
	status = fill(descriptor, path, bytes, length, error);
	if (status == KG_OK)
		status = replace(path, descriptor, named, temporary, error);
	else if (named)
		unlink(temporary);
	close(descriptor); /* flushed: no error is left to come */
	kg_error_name_file(status == KG_OK ? NULL : error, path);
	return status;
}

/* What is no regular file (a pipe, a device) is written to, never replaced. */
static enum kg_status write_into(const char *path, const char *bytes, size_t length, struct kg_error *error)
{
	int descriptor = open(path, O_WRONLY | O_CLOEXEC);
	enum kg_status status;

	if (descriptor < 0)
		return fail(error, path, "cannot be written");
	status = kg_file_put(descriptor, bytes, length, error);
	if (close(descriptor) != 0 && status == KG_OK)
		status = fail(error, path, "cannot be written");
	kg_error_name_file(status == KG_OK ? NULL : error, path);
	return status;
}

/* The file a path leads to: behind symbolic links, when there is one. */
static const char *follow_links(const char *path, struct kg_arena *arena)
{
	char *target = realpath(path, NULL);
	const char *followed = target ? kg_arena_text(arena, target) : path;

	free(target);
	return followed;
}

static enum kg_status write_whole(const char *path, const char *bytes, size_t length, struct kg_arena *arena,
				  struct kg_error *error)
{
	struct stat about;

	if (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
		return write_into(path, bytes, length, error);
	if (lstat(path, &about) == 0 && S_ISLNK(about.st_mode))
		path = follow_links(path, arena);
	if (!path)
		return kg_error_memory(error);
	KG_TRY(write_beside(path, bytes, length, arena, error));
	sync_folder(path, arena);
	return KG_OK;
}

enum kg_status kg_file_write(const char *path, const char *bytes, size_t length, struct kg_error *error)
{
	struct kg_arena *arena = kg_arena_new(0);
	enum kg_status status = arena ? write_whole(path, bytes, length, arena, error) : kg_error_memory(error);

	kg_arena_free(arena);
	return status;
}

enum kg_status kg_file_folder(const char *path, struct kg_arena *arena, struct kg_error *error)
{
	char *part = kg_arena_text(arena, path);

	if (!part)
		return kg_error_memory(error);
	for (char *slash = strchr(part + (*part != '\0'), '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			return kg_error_set(error, KG_EIO, "the folder '%s' cannot be made: %s%s", part,
					    strerror(errno), advise(errno));
		if (!slash)
			return KG_OK;
		*slash = '/';
	}
}

char *kg_file_directory(const char *path, struct kg_arena *arena)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return kg_arena_text(arena, ".");
	return kg_arena_text_n(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

char *kg_file_stem(const char *path, struct kg_arena *arena)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = *name ? strchr(name + 1, '.') : NULL;

	return kg_arena_text_n(arena, name, dot ? (size_t)(dot - name) : strlen(name));
}

char *kg_file_join(const char *directory, const char *name, struct kg_arena *arena)
{
	if (*name == '/' || strcmp(directory, ".") == 0)
		return kg_arena_text(arena, name);
	return kg_arena_format(arena, "%s/%s", directory, name);
}
