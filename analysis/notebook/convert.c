#include "notebook/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/scratch.h"
#include "notebook/convert_tables.h"

#define PATIENCE_SECONDS 120
#define POLL_NANOSECONDS 20000000

extern char **environ;

/* Starts a program found in PATH, its output thrown away; false when it is not there. */
static bool start(char *const *argument, pid_t *process)
{
	posix_spawn_file_actions_t action;
	posix_spawnattr_t attribute;
	int status;

	posix_spawn_file_actions_init(&action);
	posix_spawn_file_actions_addopen(&action, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&action, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&action, 2, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attribute);
	posix_spawnattr_setflags(&attribute, POSIX_SPAWN_SETPGROUP);
	status = posix_spawnp(process, argument[0], &action, &attribute, argument, environ);
	posix_spawnattr_destroy(&attribute);
	posix_spawn_file_actions_destroy(&action);
	return status == 0;
}

/* Waits for the process, and ends it with all it started when it takes too long. True: it ended with exit code 0. */
static bool finish(pid_t process)
{
	struct timespec pause = { 0, POLL_NANOSECONDS }, now, begin;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (;;) {
		pid_t ended = waitpid(process, &status, WNOHANG);

		if (ended == process)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if ((ended < 0 && errno != EINTR) || now.tv_sec - begin.tv_sec > PATIENCE_SECONDS)
			break;
		nanosleep(&pause, NULL);
	}
	kill(-process, SIGKILL);
	waitpid(process, &status, 0);
	return false;
}

static enum kg_status run_chromium(const char *folder, struct kg_arena *arena, struct kg_error *error)
{
	char *const names[] = { "chromium", "chromium-browser", "google-chrome" };
	char *print = kg_arena_format(arena, "--print-to-pdf=%s/page.pdf", folder);
	char *profile = kg_arena_format(arena, "--user-data-dir=%s/profile", folder);
	char *page = kg_arena_format(arena, "file://%s/page.html", folder);
	pid_t process;

	for (size_t i = 0; print && profile && page && i < sizeof names / sizeof names[0]; i++) {
		/* Chromium refuses its own sandbox to root. */
		char *argument[] = { names[i],
				     "--headless",
				     "--disable-gpu",
				     "--disable-background-networking",
				     "--no-first-run",
				     "--no-pdf-header-footer",
				     "--generate-pdf-document-outline",
				     profile,
				     print,
				     page,
				     geteuid() == 0 ? "--no-sandbox" : NULL,
				     NULL };

		if (!start(argument, &process))
			continue;
		return finish(process) ? KG_OK : kg_error_set(error, KG_EIO, "%s failed to print the page", names[i]);
	}
	return kg_error_set(error, KG_EIO,
			    "pdf is made by Chromium, which is not installed; install the package chromium");
}

static enum kg_status run_pandoc(const char *folder, struct kg_arena *arena, struct kg_error *error)
{
	char *filter = kg_arena_format(arena, "%s/tables.lua", folder);
	char *argument[] = { "pandoc",
			     "--from=html",
			     "--to=docx",
			     kg_arena_format(arena, "--output=%s/page.docx", folder),
			     kg_arena_format(arena, "%s/page.html", folder),
			     kg_arena_format(arena, "--lua-filter=%s/tables.lua", folder),
			     NULL };
	pid_t process;

	if (!filter || !argument[3] || !argument[4] || !argument[5])
		return kg_error_memory(error);
	KG_TRY(kg_file_write(filter, kg_convert_tables, strlen(kg_convert_tables), error));
	if (!start(argument, &process))
		return kg_error_set(error, KG_EIO,
				    "docx is made by pandoc, which is not installed; install the package pandoc");
	return finish(process) ? KG_OK : kg_error_set(error, KG_EIO, "pandoc failed to write the document");
}

/* The figure's own title as an alternative text; it is escaped already but for quotes. */
static void add_picture(const char *svg, size_t length, const char *path, struct kg_buffer *out)
{
	const char *title = memmem(svg, length, "<title>", 7), *end = title ? strstr(title, "</title>") : NULL;

	kg_buffer_printf(out, "<img src=\"%s\" style=\"width:16.5cm\" alt=\"", path);
	for (title = title ? title + 7 : NULL; end && title < end; title++) {
		if (*title == '"')
			kg_buffer_add(out, "&quot;");
		else
			kg_buffer_add_char(out, *title);
	}
	kg_buffer_add(out, "\">");
}

/* One SVG as a picture of pixels in the private folder; as it is where rsvg-convert is not installed. */
static enum kg_status draw_pixels(const char *svg, size_t length, const char *stem, struct kg_buffer *out,
				  struct kg_error *error)
{
	char *from = kg_arena_format(out->arena, "%s.svg", stem), *to = kg_arena_format(out->arena, "%s.png", stem);
	char *argument[] = { "rsvg-convert", "--zoom=3", to ? kg_arena_format(out->arena, "--output=%s", to) : NULL,
			     from, NULL };
	pid_t process;

	if (!from || !argument[2])
		return kg_error_memory(error);
	KG_TRY(kg_file_write(from, svg, length, error));
	if (start(argument, &process) && finish(process))
		add_picture(svg, length, to, out);
	else
		kg_buffer_add_n(out, svg, length);
	return KG_OK;
}

/* Word processors show pixels more surely than SVG. */
static enum kg_status replace_figures(const char *html, const char *folder, struct kg_buffer *out,
				      struct kg_error *error)
{
	const char *at = html, *open, *close;
	size_t number = 0;

	for (; (open = strstr(at, "<svg ")) && (close = strstr(open, "</svg>")); at = close + strlen("</svg>")) {
		char *stem = kg_arena_format(out->arena, "%s/figure-%zu", folder, ++number);

		if (!stem)
			return kg_error_memory(error);
		kg_buffer_add_n(out, at, (size_t)(open - at));
		KG_TRY(draw_pixels(open, (size_t)(close - open) + strlen("</svg>"), stem, out, error));
	}
	kg_buffer_add(out, at);
	return kg_buffer_check(out, error);
}

/* Blanks take the place of an entry that says when the PDF was made, so that the same page gives the same file at any time
 * (but for the numbers of its tags, which Chromium now and then gives in another order). */
static void forget_date(char *bytes, size_t length, const char *entry)
{
	char *open = memmem(bytes, length, entry, strlen(entry));
	char *close = open ? memchr(open, ')', (size_t)(bytes + length - open)) : NULL;

	if (close)
		memset(open, ' ', (size_t)(close + 1 - open));
}

static enum kg_status convert(const char *html, const char *kind, const char *folder, const char *target,
			      struct kg_arena *arena, struct kg_error *error)
{
	char *page = kg_arena_format(arena, "%s/page.html", folder), *made, *bytes;
	struct kg_buffer shown = kg_buffer_new(arena);
	bool pdf = strcmp(kind, "pdf") == 0;
	size_t length;

	made = kg_arena_format(arena, "%s/page.%s", folder, kind);
	if (!page || !made)
		return kg_error_memory(error);
	if (pdf)
		kg_buffer_add(&shown, html);
	else
		KG_TRY(replace_figures(html, folder, &shown, error));
	KG_TRY(kg_buffer_check(&shown, error));
	KG_TRY(kg_file_write(page, shown.text, shown.length, error));
	KG_TRY((pdf ? run_chromium : run_pandoc)(folder, arena, error));
	KG_TRY(kg_file_read(made, arena, &bytes, &length, error));
	if (pdf) {
		forget_date(bytes, length, "/CreationDate (");
		forget_date(bytes, length, "/ModDate (");
	}
	return kg_file_write(target, bytes, length, error);
}

enum kg_status kg_convert_page(const char *html, const char *kind, const char *target, struct kg_arena *arena,
			       struct kg_error *error)
{
	struct kg_scratch files = { .folder = "" };
	enum kg_status status;

	KG_TRY(kg_scratch_make(&files, error));
	status = convert(html, kind, files.folder, target, arena, error);
	kg_scratch_remove(&files);
	return status;
}
