#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "notebook/action.h"
#include "notebook/check.h"
#include "notebook/convert.h"
#include "notebook/render.h"
#include "report/html.h"

#define FIELD(name) offsetof(struct kg_action_options, name)

static const char *const kinds[] = { "html", "pdf", "docx", NULL };

static const struct kg_option option[] = {
	{ .name = "to",
	  .argument = "KIND",
	  .fallback = "html",
	  .help = "what to make; pdf needs Chromium, docx needs pandoc",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .field = FIELD(to) },
	{ .name = "output",
	  .argument = "FILE|DIR",
	  .help = "where to (default: beside the notebook); a folder gets one page for each notebook and index.html",
	  .kind = KG_OPTION_TEXT,
	  .field = FIELD(output) },
};

/* One line of the index. */
struct card {
	const char *file, *title, *summary;
	bool synthetic;
};

struct rendered {
	struct kg_arena *arena;
	struct kg_buffer *report;
	struct kg_error *error;
	struct card *card;
	size_t ncard;
	enum kg_language language;
	const char *kind;
};

/* Says that a page shows results that are not up to date; never an error of its own. */
static void note_stale(const char *path, struct rendered *rendered)
{
	struct kg_buffer ignored = kg_buffer_new(rendered->arena);
	struct kg_check_tally tally;
	struct kg_error error;

	if (kg_check_book(path, rendered->arena, &ignored, &tally, &error) == KG_OK && tally.problems)
		kg_buffer_printf(rendered->report, "%s: not up to date (%zu problem%s); 'keng notebook run %s' first\n",
				 path, tally.problems, tally.problems == 1 ? "" : "s", path);
}

static enum kg_status render_one(const char *path, const char *target, struct rendered *rendered)
{
	struct kg_buffer html = kg_buffer_new(rendered->arena);
	const char *slash = strrchr(target, '/');
	struct kg_book book;
	struct kg_page page;

	KG_TRY(kg_book_read(path, rendered->arena, &book, rendered->error));
	KG_TRY(kg_render_book(&book, rendered->arena, &page, rendered->error));
	KG_TRY(kg_page_write(&page, &html, rendered->error));
	if (strcmp(rendered->kind, "html") == 0)
		KG_TRY(kg_file_write(target, html.text, html.length, rendered->error));
	else
		KG_TRY(kg_convert_page(html.text, rendered->kind, target, rendered->arena, rendered->error));
	note_stale(path, rendered);
	rendered->card[rendered->ncard++] = (struct card){ slash ? slash + 1 : target, page.title,
							   kg_render_summary(&book, rendered->arena), page.synthetic };
	rendered->language = page.language;
	kg_buffer_printf(rendered->report, "%s\n", target);
	return KG_OK;
}

static void add_card(const struct card *card, bool vietnamese, struct kg_buffer *out)
{
	kg_buffer_add(out, "<li><h2><a href=\"");
	kg_html_text(out, card->file);
	kg_buffer_add(out, "\">");
	kg_html_text(out, card->title);
	kg_buffer_add(out, "</a></h2>");
	if (card->synthetic)
		kg_buffer_printf(out, "<p class=\"tag\">%s</p>",
				 vietnamese ? "Dữ liệu mô phỏng (Synthetic data)" : "Synthetic data");
	if (card->summary) {
		kg_buffer_add(out, "<p>");
		kg_html_text(out, card->summary);
		kg_buffer_add(out, "</p>");
	}
	kg_buffer_add(out, "</li>\n");
}

static enum kg_status write_index(const char *folder, struct rendered *rendered)
{
	struct kg_buffer body = kg_buffer_new(rendered->arena), html = kg_buffer_new(rendered->arena);
	char *target = kg_file_join(folder, "index.html", rendered->arena);
	bool vietnamese = rendered->language == KG_VIETNAMESE;
	struct kg_page page = { .title = vietnamese ? "Các báo cáo" : "Notebooks",
				.language = rendered->language,
				.footer = vietnamese ? "Làm bằng keng" : "Made by keng" };

	if (!target)
		return kg_error_memory(rendered->error);
	kg_buffer_add(&body, "<ul class=\"cards\">\n");
	for (size_t i = 0; i < rendered->ncard; i++) {
		add_card(&rendered->card[i], vietnamese, &body);
		page.synthetic |= rendered->card[i].synthetic;
	}
	kg_buffer_add(&body, "</ul>\n");
	KG_TRY(kg_buffer_check(&body, rendered->error));
	page.body = body.text;
	KG_TRY(kg_page_write(&page, &html, rendered->error));
	KG_TRY(kg_file_write(target, html.text, html.length, rendered->error));
	kg_buffer_printf(rendered->report, "%s\n", target);
	return KG_OK;
}

static bool is_folder(const char *path)
{
	struct stat about;

	return path[strlen(path) - 1] == '/' || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

/* Makes a folder and those above it. */
static enum kg_status make_folders(const char *path, struct kg_arena *arena, struct kg_error *error)
{
	char *part = kg_arena_text(arena, path);

	if (!part)
		return kg_error_memory(error);
	for (char *slash = strchr(part + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			return kg_error_set(error, KG_EIO, "the folder '%s' cannot be made: %s", part, strerror(errno));
		if (!slash)
			return KG_OK;
		*slash = '/';
	}
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

static enum kg_status render(const struct kg_action_options *options, const struct kg_names *file,
			     struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	struct rendered rendered = { .arena = arena, .report = report, .error = error, .kind = options->to };
	const char *output = options->output;
	bool folder = output && *output && (file->count > 1 || is_folder(output));

	rendered.card = KG_ARRAY(arena, struct card, file->count);
	if (!rendered.card)
		return kg_error_memory(error);
	if (folder)
		KG_TRY(make_folders(output, arena, error));
	for (size_t i = 0; i < file->count; i++) {
		const char *target = output;

		if (folder || !output)
			KG_TRY(name_target(file->name[i], folder ? output : NULL, &rendered, &target));
		KG_TRY(render_one(file->name[i], target, &rendered));
	}
	return folder ? write_index(output, &rendered) : KG_OK;
}

const struct kg_action kg_action_render = {
	"render", "FILE.md ... [--output FILE|DIR]", "writes a page (or document) that needs no other file",
	option,	  sizeof option / sizeof option[0],  render
};
