#include "notebook/run.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "notebook/crew.h"
#include "notebook/rewrite.h"

/* A notebook that is being run. */
struct running {
	const struct kg_run_plan *plan;
	struct kg_book book;
	const char *before; /* the file's text */
	struct kg_stamp *stamp;
	struct kg_engine engine;
	struct kg_run_tally *tally;
	struct kg_arena *arena;
	struct kg_error *error;
};

static enum kg_status read_book(struct running *run, const char *path)
{
	struct kg_buffer text;

	KG_TRY(kg_book_read(path, run->arena, &run->book, run->error));
	run->before = run->book.text;
	if (run->plan->param && run->plan->param->count) {
		text = kg_buffer_new(run->arena);
		KG_TRY(kg_rewrite_params(&run->book, run->plan->param, &text, run->error));
		KG_TRY(kg_book_parse(path, text.text, run->arena, &run->book, run->error));
	}
	return kg_stamp_all(&run->book, run->arena, &run->stamp, run->error);
}

/* Which blocks are stale. KG_EDATA: one was edited by hand. */
static enum kg_status find_stale(struct running *run, bool *stale)
{
	for (size_t i = 0; i < run->book.nblock; i++) {
		struct kg_stamp_state state;

		run->tally->blocks++;
		KG_TRY(kg_stamp_compare(&run->book, i, &run->stamp[i], run->arena, &state, run->error));
		if (state.fresh == KG_EDITED && !run->plan->force)
			return kg_book_refuse(&run->book, state.line, run->error,
					      "block '#%s': %s; take the edit back, or 'keng notebook run --force' to "
					      "write over it",
					      run->book.block[i].id, state.cause);
		stale[i] = state.fresh != KG_FRESH || run->plan->all;
		run->tally->run += stale[i];
	}
	return KG_OK;
}

/* Results that belong to no one state of the data are not written. */
static enum kg_status check_steady(const struct running *run, const bool *ran)
{
	struct kg_stamp *now;

	KG_TRY(kg_stamp_all(&run->book, run->arena, &now, run->error));
	for (size_t i = 0; i < run->book.nblock; i++)
		if (ran[i] && strcmp(now[i].in, run->stamp[i].in) != 0)
			return kg_book_refuse(&run->book, run->book.block[i].line, run->error,
					      "data of block '#%s' changed while it ran; nothing was written, run "
					      "again",
					      run->book.block[i].id);
	return KG_OK;
}

static enum kg_status run_stale(struct running *run)
{
	bool *stale = KG_ARRAY(run->arena, bool, run->book.nblock + 1);

	if (!stale)
		return kg_error_memory(run->error);
	KG_TRY(find_stale(run, stale));
	if (!run->tally->run)
		return KG_OK;
	KG_TRY(kg_crew_run(&run->engine, stale, run->plan->jobs, run->error));
	KG_TRY(check_steady(run, stale));
	for (size_t i = 0; i < run->book.nblock; i++)
		run->tally->failed += stale[i] && run->engine.outcome[i].fails;
	return KG_OK;
}

static bool has_bytes(const char *path, const struct kg_stamp_file *file, struct kg_arena *arena, bool *exists)
{
	struct kg_error ignored;
	char *bytes;
	size_t length;

	*exists = kg_file_read(path, arena, &bytes, &length, &ignored) == KG_OK;
	return *exists && length == file->length && memcmp(bytes, file->bytes, length) == 0;
}

static bool ends_with(const char *text, const char *tail)
{
	size_t length = strlen(text), end = strlen(tail);

	return length >= end && strcmp(text + length - end, tail) == 0;
}

/* Another notebook of the folder that shows the file, NULL when none does. */
static const char *find_owner(const struct running *run, const char *name)
{
	DIR *folder = opendir(run->book.folder);
	const char *slash = strrchr(run->book.path, '/'), *own = slash ? slash + 1 : run->book.path, *owner = NULL;
	char *mark = kg_arena_format(run->arena, " file:%s=", name);

	for (struct dirent *entry; mark && folder && !owner && (entry = readdir(folder));) {
		struct kg_error ignored;
		char *path, *text;
		size_t length;

		if (!ends_with(entry->d_name, ".md") || strcmp(entry->d_name, own) == 0)
			continue;
		path = kg_file_join(run->book.folder, entry->d_name, run->arena);
		if (path && kg_file_read(path, run->arena, &text, &length, &ignored) == KG_OK && strstr(text, mark))
			owner = kg_arena_text(run->arena, entry->d_name);
	}
	if (folder)
		closedir(folder);
	return owner;
}

/* Only a file that is new to this notebook can belong to another. */
static enum kg_status check_owner(const struct running *run, size_t block, const char *name)
{
	char *mark = kg_arena_format(run->arena, " file:%s=", name);
	const char *owner;

	if (!mark || strstr(run->before, mark))
		return mark ? KG_OK : kg_error_memory(run->error);
	owner = find_owner(run, name);
	if (!owner)
		return KG_OK;
	return kg_book_refuse(&run->book, run->book.block[block].line, run->error,
			      "'%s' belongs to the notebook %s in the same folder; give the block another id", name,
			      owner);
}

static enum kg_status make_folder(const struct running *run, const char *name)
{
	char *path = kg_file_join(run->book.folder, name, run->arena), *folder;

	folder = path ? kg_file_directory(path, run->arena) : NULL;
	if (!folder)
		return kg_error_memory(run->error);
	return kg_file_folder(folder, run->arena, run->error);
}

/* Whether a path lies, links followed, in the folder `home`; what does not exist yet counts by the folder above it. */
static bool is_inside(const char *path, const char *home, struct kg_arena *arena)
{
	char *real = realpath(path, NULL), *parent = real ? NULL : kg_file_directory(path, arena);
	struct stat about;
	size_t length = strlen(home);
	bool inside;

	if (!real && lstat(path, &about) == 0)
		return false; /* a link that leads nowhere yet */
	if (!real && parent)
		real = realpath(parent, NULL);
	inside = !real || (strncmp(real, home, length) == 0 && (real[length] == '/' || length == 1));
	free(real);
	return inside;
}

/* Before anything is written: figures/ and tables/ themselves, or a file in them, may be links to elsewhere. */
static enum kg_status check_inside(const struct running *run, size_t block, const char *name)
{
	char *path = kg_file_join(run->book.folder, name, run->arena), *home = realpath(run->book.folder, NULL);
	bool inside = path && home && is_inside(path, home, run->arena);

	free(home);
	if (inside)
		return KG_OK;
	return kg_book_refuse(&run->book, run->book.block[block].line, run->error,
			      "'%s' leads out of the notebook's folder by a symbolic link; put a folder or file in its "
			      "place",
			      name);
}

static enum kg_status write_file(const struct running *run, size_t block, const struct kg_stamp_file *file)
{
	char *path = kg_file_join(run->book.folder, file->name, run->arena);
	bool exists;

	if (!path)
		return kg_error_memory(run->error);
	if (has_bytes(path, file, run->arena, &exists))
		return KG_OK;
	if (exists)
		KG_TRY(check_owner(run, block, file->name));
	KG_TRY(make_folder(run, file->name));
	return kg_file_write(path, file->bytes, file->length, run->error);
}

static enum kg_status write_files(const struct running *run)
{
	for (size_t i = 0; i < run->book.nblock; i++)
		for (size_t k = 0; k < run->engine.outcome[i].nfile; k++)
			KG_TRY(check_inside(run, i, run->engine.outcome[i].file[k].name));
	for (size_t i = 0; i < run->book.nblock; i++)
		for (size_t k = 0; k < run->engine.outcome[i].nfile; k++)
			KG_TRY(write_file(run, i, &run->engine.outcome[i].file[k]));
	return KG_OK;
}

static enum kg_status run_book(struct running *run)
{
	struct kg_buffer text = kg_buffer_new(run->arena);

	KG_TRY(run_stale(run));
	KG_TRY(kg_rewrite_book(&run->engine, &text, run->error));
	KG_TRY(write_files(run));
	run->tally->values = run->book.nvalue;
	run->tally->changed = strcmp(text.text, run->before) != 0;
	return run->tally->changed ? kg_file_write(run->book.path, text.text, text.length, run->error) : KG_OK;
}

enum kg_status kg_run_book(const char *path, const struct kg_run_plan *plan, struct kg_arena *arena,
			   struct kg_run_tally *tally, struct kg_error *error)
{
	struct running run = { .plan = plan, .tally = tally, .arena = arena, .error = error };

	memset(tally, 0, sizeof *tally);
	KG_TRY(read_book(&run, path));
	KG_TRY(kg_engine_new(&run.book, run.stamp, arena, &run.engine, error));
	run.engine.gnuplot = plan->gnuplot;
	run.engine.lent = plan->gnuplot != NULL;
	return run_book(&run);
}
