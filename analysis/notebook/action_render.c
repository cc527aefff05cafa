#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "notebook/action.h"
#include "notebook/check.h"
#include "notebook/convert.h"
#include "notebook/render.h"

#define FIELD(name) offsetof(struct kg_action_options, name)

static const char *const kinds[] = { "html", "pdf", "docx", NULL };

static const struct kg_option option[] = {
	{ .name = "to",
	  .argument = "KIND",
	  .fallback = "html",
	  .help = "what to make; pdf needs Chromium, docx needs pandoc and for figures rsvg-convert",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .field = FIELD(to) },
	{ .name = "output",
	  .argument = "FILE|DIR",
	  .help = "where to (default: beside the notebook); a folder gets one page for each notebook and an "
		  "index.html, which also leads to pages already there that are named as FILE.html",
	  .kind = KG_OPTION_TEXT,
	  .field = FIELD(output) },
	{ .name = "title",
	  .argument = "TEXT",
	  .help = "title of index.html (default: Notebooks)",
	  .kind = KG_OPTION_TEXT,
	  .field = FIELD(title) },
};

struct rendered {
	struct kg_arena *arena;
	struct kg_buffer *report;
	struct kg_error *error;
	struct kg_card *card;
	size_t ncard;
	const char *kind, *title;
	size_t nfailed;
	enum kg_status worst;
};

/* Says that a page shows results that are not up to date; never an error of its own. */
static void note_stale(const char *path, struct rendered *rendered)
{
	struct kg_buffer ignored = kg_buffer_new(rendered->arena);
	struct kg_check_tally tally;
	struct kg_error error;
	char text[2048];

	if (kg_check_book(path, rendered->arena, &ignored, &tally, &error) != KG_OK) {
		kg_error_text(&error, text, sizeof text);
		kg_buffer_printf(rendered->report, "%s; the page shows what stands there now\n", text);
	} else if (tally.problems)
		kg_buffer_printf(rendered->report, "%s: not up to date (%zu problem%s); 'keng notebook run %s' first\n",
				 path, tally.problems, tally.problems == 1 ? "" : "s", path);
}

static enum kg_status render_one(const char *path, const char *target, struct rendered *rendered)
{
	struct kg_buffer html = kg_buffer_new(rendered->arena);
	struct kg_card *card = &rendered->card[rendered->ncard];
	const char *slash = strrchr(target, '/');

	KG_TRY(kg_render_page(path, strcmp(rendered->kind, "docx") == 0, &html, card, rendered->error));
	if (strcmp(rendered->kind, "html") == 0)
		KG_TRY(kg_file_write(target, html.text, html.length, rendered->error));
	else
		KG_TRY(kg_convert_page(html.text, rendered->kind, target, rendered->arena, rendered->error));
	note_stale(path, rendered);
	card->file = slash ? slash + 1 : target;
	rendered->ncard++;
	kg_buffer_printf(rendered->report, "%s\n", target);
	return KG_OK;
}

/* A notebook that fails is told, and the others go on. */
static enum kg_status go_on(enum kg_status status, struct rendered *rendered)
{
	char text[2048];

	if (status == KG_OK || status == KG_ENOMEM || status == KG_EBUG)
		return status;
	kg_error_text(rendered->error, text, sizeof text);
	kg_buffer_printf(rendered->report, "%s\n", text);
	rendered->worst = status > rendered->worst ? status : rendered->worst;
	rendered->nfailed++;
	return KG_OK;
}

static enum kg_status judge(const struct rendered *rendered, size_t count)
{
	if (!rendered->nfailed)
		return KG_OK;
	return kg_error_set(rendered->error, rendered->worst, "%zu of %zu notebooks failed; the others were rendered",
			    rendered->nfailed, count);
}

static bool is_folder(const char *path)
{
	struct stat about;

	return path[strlen(path) - 1] == '/' || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

static enum kg_status name_target(const char *path, const char *folder, struct rendered *rendered, const char **target)
{
	struct kg_arena *arena = rendered->arena;
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
	size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);

	folder = folder ? folder : kg_file_directory(path, arena);
	*target = folder ? kg_arena_format(arena, "%.*s.%s", (int)length, name, rendered->kind) : NULL;
	*target = *target ? kg_file_join(folder, *target, arena) : NULL;
	return *target ? KG_OK : kg_error_memory(rendered->error);
}

/* A page that is there already, in the folder of the index or below it: only a card. */
static enum kg_status list_page(const char *path, const char *folder, struct rendered *rendered)
{
	struct kg_card *card = &rendered->card[rendered->ncard++];
	char *page = realpath(path, NULL), *home = realpath(folder, NULL);
	size_t length = home ? strlen(home) : 0;
	bool inside = page && home && strncmp(page, home, length) == 0 && page[length] == '/';
	const char *file = inside ? kg_arena_text(rendered->arena, page + length + 1) : path;
	bool found = page != NULL;

	free(page);
	free(home);
	if (found && !inside)
		return kg_error_set(rendered->error, KG_EUSAGE,
				    "'%s' is a page outside of '%s'; an index leads to pages in its own folder", path,
				    folder);
	KG_TRY(kg_index_card(path, rendered->arena, card, rendered->error));
	card->file = file;
	return file ? KG_OK : kg_error_memory(rendered->error);
}

/* Two notebooks of one name would write one page. */
static enum kg_status check_twins(const struct rendered *rendered, const char *path, const char *target)
{
	const char *slash = strrchr(target, '/'), *file = slash ? slash + 1 : target;

	for (size_t i = 0; i < rendered->ncard; i++)
		if (strcmp(rendered->card[i].file, file) == 0)
			return kg_error_set(rendered->error, KG_EUSAGE,
					    "the page of '%s' would be written over that of another notebook of this "
					    "name; rename one, or render it into another folder",
					    path);
	return KG_OK;
}

static enum kg_status render_folder(const struct kg_names *file, const char *folder, struct rendered *rendered)
{
	KG_TRY(kg_file_folder(folder, rendered->arena, rendered->error));
	for (size_t i = 0; i < file->count; i++) {
		const char *target, *dot = strrchr(file->name[i], '.');

		if (dot && strcmp(dot, ".html") == 0) {
			KG_TRY(list_page(file->name[i], folder, rendered));
			continue;
		}
		KG_TRY(name_target(file->name[i], folder, rendered, &target));
		KG_TRY(check_twins(rendered, file->name[i], target));
		KG_TRY(go_on(render_one(file->name[i], target, rendered), rendered));
	}
	KG_TRY(
	    kg_index_write(folder, rendered->title, rendered->card, rendered->ncard, rendered->arena, rendered->error));
	kg_buffer_printf(rendered->report, "%s\n", kg_file_join(folder, "index.html", rendered->arena));
	return judge(rendered, file->count);
}

static enum kg_status render(const struct kg_action_options *options, const struct kg_names *file,
			     struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	struct rendered rendered = {
		.arena = arena, .report = report, .error = error, .kind = options->to, .title = options->title
	};
	const char *output = options->output;

	rendered.card = KG_ARRAY(arena, struct kg_card, file->count);
	if (!rendered.card)
		return kg_error_memory(error);
	if (output && *output && (file->count > 1 || is_folder(output)))
		return render_folder(file, output, &rendered);
	for (size_t i = 0; i < file->count; i++) {
		const char *target = output;

		if (!output)
			KG_TRY(name_target(file->name[i], NULL, &rendered, &target));
		if (file->count == 1)
			return render_one(file->name[i], target, &rendered);
		KG_TRY(go_on(render_one(file->name[i], target, &rendered), &rendered));
	}
	return judge(&rendered, file->count);
}

const struct kg_action kg_action_render = {
	"render", "FILE.md ... [--output FILE|DIR]", "writes a page (or document) that needs no other file",
	option,	  sizeof option / sizeof option[0],  render
};
