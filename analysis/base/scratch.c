#include "base/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "keng-"
#define LETTERS "XXXXXX"
/* A sweeping run may take a folder between its making and its locking; then another is made. */
#define ATTEMPTS_MOST 100

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

static void remove_tree(const char *folder)
{
	(void)nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* Takes an own folder by that name that nobody holds: its lock, to be closed when the folder is gone, for its maker may
 * be about to lock it. Negative: there is none. */
static int take_left(int base, const char *name)
{
	int folder = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat about;

	if (folder < 0)
		return folder;
	if (fstat(folder, &about) == 0 && about.st_uid == geteuid() && flock(folder, LOCK_EX | LOCK_NB) == 0)
		return folder;
	close(folder);
	return -1;
}

static void sweep(const char *base)
{
	DIR *open_base = opendir(base);
	char path[sizeof((struct kg_scratch *)0)->folder];

	for (struct dirent *entry; open_base && (entry = readdir(open_base));) {
		int left;

		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0 ||
		    strlen(entry->d_name) != strlen(PREFIX LETTERS))
			continue;
		left = take_left(dirfd(open_base), entry->d_name);
		if (left < 0)
			continue;
		if (snprintf(path, sizeof path, "%s/%s", base, entry->d_name) < (int)sizeof path)
			remove_tree(path);
		close(left);
	}
	if (open_base)
		closedir(open_base);
}

/* False when the folder was swept away before it was locked. */
static bool take_lock(struct kg_scratch *scratch)
{
	struct stat locked, named;

	scratch->lock = open(scratch->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (scratch->lock < 0)
		return false;
	(void)flock(scratch->lock, LOCK_SH); /* a file system without locks: then nothing is swept either */
	if (fstat(scratch->lock, &locked) == 0 && stat(scratch->folder, &named) == 0 && locked.st_ino == named.st_ino)
		return true;
	close(scratch->lock);
	return false;
}

enum kg_status kg_scratch_make(struct kg_scratch *scratch, struct kg_error *error)
{
	const char *base = getenv("TMPDIR");

	if (*scratch->folder)
		return KG_OK;
	if (!base || *base != '/' || strlen(base) + sizeof "/" PREFIX LETTERS > sizeof scratch->folder)
		base = "/tmp";
	sweep(base);
	for (unsigned attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
		snprintf(scratch->folder, sizeof scratch->folder, "%s/" PREFIX LETTERS, base);
		if (!mkdtemp(scratch->folder))
			break;
		if (take_lock(scratch))
			return KG_OK;
	}
	*scratch->folder = '\0';
	return kg_error_set(error, KG_EIO, "no folder for temporary files can be made in '%s': %s", base,
			    strerror(errno));
}

void kg_scratch_remove(struct kg_scratch *scratch)
{
	if (!*scratch->folder)
		return;
	remove_tree(scratch->folder);
	close(scratch->lock);
	*scratch->folder = '\0';
}
