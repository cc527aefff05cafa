#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/text.h"
#include "notebook/action.h"
#include "notebook/batch.h"
#include "notebook/render.h"
#include "plots/gnuplot.h"
#include "table/source.h"

#define FIELD(name) offsetof(struct kg_action_options, name)

static const char *const kinds[] = { "md", "html", NULL };

static const struct kg_option option[] = {
	{ .name = "over",
	  .argument = "TABLE.csv",
	  .help = "one notebook for each row; columns named like parameters set them",
	  .kind = KG_OPTION_TEXT,
	  .required = true,
	  .field = FIELD(over) },
	{ .name = "slug",
	  .argument = "COL",
	  .help = "column that names the folders (default: slug, else the first column)",
	  .kind = KG_OPTION_TEXT,
	  .field = FIELD(slug) },
	{ .name = "to",
	  .argument = "KIND",
	  .fallback = "md",
	  .help = "html: a page beside each notebook too, and an index.html over all",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .field = FIELD(to) },
	{ .name = "output",
	  .argument = "DIR",
	  .help = "folder of the notebooks (default: out/ beside the template)",
	  .kind = KG_OPTION_TEXT,
	  .field = FIELD(output) },
	{ .name = "title",
	  .argument = "TEXT",
	  .help = "title of index.html (default: Notebooks)",
	  .kind = KG_OPTION_TEXT,
	  .field = FIELD(title) },
	{ .name = "jobs",
	  .argument = "N",
	  .help = "rows that are worked on at the same time (-j; default: all cores)",
	  .kind = KG_OPTION_INTEGER,
	  .least = 1,
	  .most = 256,
	  .field = FIELD(jobs) },
};

struct work {
	struct kg_batch batch;
	struct kg_batch_row *row;
	struct kg_arena **arena; /* by row */
	size_t next;		 /* row that nobody has taken yet */
};

/* What is kept of a row once its notebook is written. */
static enum kg_status keep_row(struct work *work, size_t index, const struct kg_batch_row *row, struct kg_error *error)
{
	struct kg_arena *arena = work->arena[index] = kg_arena_new(0);
	struct kg_batch_row *kept = &work->row[index];

	if (!arena)
		return kg_error_memory(error);
	*kept = *row;
	kept->cause = kg_arena_text(arena, row->cause);
	kept->csv = kg_arena_text(arena, row->csv);
	if (row->card.file) {
		kept->card.file = kg_arena_text(arena, row->card.file);
		kept->card.title = kg_arena_text(arena, row->card.title);
		kept->card.summary = row->card.summary ? kg_arena_text(arena, row->card.summary) : NULL;
	}
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

static enum kg_status work_row(struct work *work, size_t index, struct kg_gnuplot *gnuplot, struct kg_error *error)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_batch_row row;
	enum kg_status status;

	if (!arena)
		return kg_error_memory(error);
	status = kg_batch_row(&work->batch, index, gnuplot, arena, &row, error);
	if (status == KG_OK)
		status = keep_row(work, index, &row, error);
	kg_arena_free(arena);
	return status;
}

/* One worker with one gnuplot takes rows until none is left. */
static enum kg_status work_rows(void *context, size_t worker, struct kg_arena *scratch, struct kg_error *error)
{
	struct work *work = context;
	struct kg_gnuplot *gnuplot = kg_gnuplot_new(scratch);
	size_t row;

	(void)worker;
	if (!gnuplot)
		return kg_error_memory(error);
	while ((row = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED)) < work->batch.table->nrow)
		KG_TRY(work_row(work, row, gnuplot, error));
	return kg_gnuplot_close(gnuplot, error);
}

/* At least one column is a parameter, and none is nearly one that has no column. */
static enum kg_status check_columns(const char *spec, const struct kg_book *template, const struct kg_table *table,
				    struct kg_arena *arena, struct kg_error *error)
{
	const char **other = KG_ARRAY(arena, const char *, table->ncol + 1), *near;
	size_t count = 0, found = 0;

	if (!other)
		return kg_error_memory(error);
	for (size_t j = 0; j < table->ncol; j++)
		if (!kg_front_find(&template->front, "params", table->column[j].name))
			other[count++] = table->column[j].name;
	for (size_t i = 0; i < template->front.count; i++) {
		const struct kg_front_entry *entry = &template->front.entry[i];

		if (strcmp(entry->map, "params") != 0)
			continue;
		found += kg_table_find(table, entry->name) != NULL;
		near = kg_table_find(table, entry->name) ? NULL : kg_text_nearest(entry->name, other, count);
		if (near)
			return kg_error_cell(error, KG_EDATA, spec, 1, near,
					     "no parameter of %s, which has '%s'; rename one of the two",
					     template->path, entry->name);
	}
	if (found)
		return KG_OK;
	return kg_error_set(error, KG_EDATA,
			    "no column of '%s' is a parameter of %s; name one like an entry of params:", spec,
			    template->path);
}

static enum kg_status read_table(const char *spec, const struct kg_book *template, struct kg_arena *arena,
				 const struct kg_table **table, struct kg_error *error)
{
	struct kg_read read = { 0 };
	struct kg_source source;

	KG_TRY(kg_source_open(spec, arena, &source, error));
	KG_TRY(kg_source_read(&source, &read, arena, table, error));
	return check_columns(spec, template, *table, arena, error);
}

static void add_status(const char *slug, const struct kg_batch_row *row, struct kg_buffer *out)
{
	kg_buffer_printf(out, "%s,%s,\"", slug, row->status);
	for (const char *at = row->cause; *at; at++)
		kg_buffer_printf(out, *at == '"' ? "\"\"" : "%c", *at);
	kg_buffer_add(out, "\"\n");
}

/* The index over the pages of the rows that did not fail. */
static enum kg_status write_index(const struct work *work, const char *title, struct kg_arena *arena,
				  struct kg_error *error)
{
	struct kg_card *card = KG_ARRAY(arena, struct kg_card, work->batch.table->nrow + 1);
	size_t count = 0;

	if (!card)
		return kg_error_memory(error);
	for (size_t i = 0; i < work->batch.table->nrow; i++)
		if (work->row[i].card.file)
			card[count++] = work->row[i].card;
	return kg_index_write(work->batch.folder, title, card, count, arena, error);
}

/* Writes results.csv and status.csv over all rows, and says how many went how. */
static enum kg_status finish(const struct work *work, const char *title, struct kg_arena *arena,
			     struct kg_buffer *report, struct kg_error *error)
{
	struct kg_buffer results = kg_buffer_new(arena), status = kg_buffer_new(arena);
	size_t failed = 0, fresh = 0, count = work->batch.table->nrow;
	const char *folder = work->batch.folder;

	kg_buffer_add(&results, kg_batch_header);
	kg_buffer_add(&status, "slug,status,cause\n");
	for (size_t i = 0; i < count; i++) {
		kg_buffer_add(&results, work->row[i].csv);
		add_status(work->batch.slug[i], &work->row[i], &status);
		failed += strcmp(work->row[i].status, "failed") == 0;
		fresh += strcmp(work->row[i].status, "fresh") == 0;
		if (*work->row[i].cause)
			kg_buffer_printf(report, "%s: failed: %s\n", work->batch.slug[i], work->row[i].cause);
	}
	KG_TRY(kg_buffer_check(&results, error));
	KG_TRY(kg_buffer_check(&status, error));
	KG_TRY(kg_file_write(kg_arena_format(arena, "%s/results.csv", folder), results.text, results.length, error));
	KG_TRY(kg_file_write(kg_arena_format(arena, "%s/status.csv", folder), status.text, status.length, error));
	if (work->batch.pages)
		KG_TRY(write_index(work, title, arena, error));
	kg_buffer_printf(report, "%s: %zu notebooks: %zu run, %zu up to date, %zu failed\n", folder, count,
			 count - failed - fresh, fresh, failed);
	if (!failed)
		return KG_OK;
	return kg_error_set(error, KG_EDATA, "%zu of %zu rows failed; '%s/status.csv' says why", failed, count, folder);
}

static enum kg_status prepare(const struct kg_action_options *options, const struct kg_book *template,
			      struct kg_arena *arena, struct work *work, struct kg_error *error)
{
	struct kg_batch *batch = &work->batch;

	batch->template = template;
	batch->pages = strcmp(options->to, "html") == 0;
	KG_TRY(read_table(options->over, template, arena, &batch->table, error));
	KG_TRY(kg_batch_slugs(batch, options->slug, arena, error));
	batch->folder = options->output ? options->output : kg_file_join(template->folder, "out", arena);
	work->row = KG_ARRAY(arena, struct kg_batch_row, batch->table->nrow + 1);
	work->arena = KG_ARRAY(arena, struct kg_arena *, batch->table->nrow + 1);
	if (!batch->folder || !work->row || !work->arena)
		return kg_error_memory(error);
	return kg_file_folder(batch->folder, arena, error);
}

static enum kg_status run_batch(const struct kg_action_options *options, const struct kg_names *file,
				struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	struct work work = { 0 };
	struct kg_book template;
	enum kg_status status;
	size_t workers;

	if (file->count > 1)
		return kg_error_set(error, KG_EUSAGE, "notebook batch takes one template, not %zu", file->count);
	KG_TRY(kg_book_read(file->name[0], arena, &template, error));
	KG_TRY(prepare(options, &template, arena, &work, error));
	workers = kg_parallel_threads((size_t)options->jobs, work.batch.table->nrow);
	kg_render_prepare();
	status = kg_parallel_each(workers, workers, work_rows, &work, error);
	if (status == KG_OK)
		status = finish(&work, options->title, arena, report, error);
	for (size_t i = 0; i < work.batch.table->nrow; i++)
		kg_arena_free(work.arena[i]);
	return status;
}

const struct kg_action kg_action_batch = { "batch",
					   "TEMPLATE.md --over TABLE.csv",
					   "makes and runs one notebook for each row of a table, in DIR/<slug>/",
					   option,
					   sizeof option / sizeof option[0],
					   run_batch };
