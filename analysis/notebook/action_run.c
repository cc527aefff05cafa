#include "base/parallel.h"
#include "notebook/action.h"
#include "notebook/check.h"
#include "notebook/run.h"

#define FIELD(name) offsetof(struct kg_action_options, name)

static const struct kg_option run_option[] = {
	{ .name = "param",
	  .argument = "NAME=VALUE",
	  .help = "set a parameter of the front matter (repeatable)",
	  .kind = KG_OPTION_REPEAT,
	  .field = FIELD(param) },
	{ .name = "all", .help = "run blocks that are up to date too", .kind = KG_OPTION_FLAG, .field = FIELD(all) },
	{ .name = "force",
	  .help = "write over results, values and figures that were edited by hand",
	  .kind = KG_OPTION_FLAG,
	  .field = FIELD(force) },
	{ .name = "jobs",
	  .argument = "N",
	  .help = "notebooks, or blocks of one notebook, that are worked on at the same time (-j; default: all cores)",
	  .kind = KG_OPTION_INTEGER,
	  .least = 1,
	  .most = 256,
	  .field = FIELD(jobs) },
};

/* Several notebooks that are run at the same time. */
struct batch {
	const struct kg_names *file;
	struct kg_run_plan plan;
	const char **line; /* report of each */
	struct kg_arena **arena;
	struct kg_error *error; /* of each */
};

static const char *describe_run(const char *path, const struct kg_run_tally *tally, struct kg_arena *arena)
{
	return kg_arena_format(arena, "%s: %zu of %zu blocks run, %zu values%s%s\n", path, tally->run, tally->blocks,
			       tally->values, tally->changed ? "" : ", nothing changed",
			       tally->failed ? "; a claim does not hold, 'keng notebook check' names it" : "");
}

/* A notebook that fails keeps its error, and the others go on. */
static enum kg_status run_one(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	struct batch *batch = context;
	const char *path = batch->file->name[index];
	struct kg_error *own = &batch->error[index];
	struct kg_run_tally tally;
	char text[sizeof own->what + sizeof own->file];

	(void)scratch;
	batch->arena[index] = kg_arena_new(0);
	if (!batch->arena[index])
		return kg_error_memory(error);
	own->status = kg_run_book(path, &batch->plan, batch->arena[index], &tally, own);
	if (own->status == KG_OK) {
		batch->line[index] = describe_run(path, &tally, batch->arena[index]);
	} else {
		kg_error_text(own, text, sizeof text);
		batch->line[index] = kg_arena_format(batch->arena[index], "%s: failed: %s\n", path, text);
	}
	return batch->line[index] ? KG_OK : kg_error_memory(error);
}

/* One notebook's error is the error; of several the worst counts, and how many there are. */
static enum kg_status judge(const struct batch *batch, struct kg_error *error)
{
	enum kg_status worst = KG_OK;
	size_t failed = 0;

	for (size_t i = 0; i < batch->file->count; i++) {
		failed += batch->error[i].status != KG_OK;
		worst = batch->error[i].status > worst ? batch->error[i].status : worst;
	}
	if (!failed)
		return KG_OK;
	if (batch->file->count == 1) {
		*error = batch->error[0];
		return worst;
	}
	return kg_error_set(error, worst, "%zu of %zu notebooks failed; the others were run", failed,
			    batch->file->count);
}

static enum kg_status run(const struct kg_action_options *options, const struct kg_names *file, struct kg_arena *arena,
			  struct kg_buffer *report, struct kg_error *error)
{
	struct batch batch = { .file = file };
	enum kg_status status;

	batch.plan = (struct kg_run_plan){
		.param = &options->param, .force = options->force, .all = options->all, .jobs = (size_t)options->jobs
	};
	batch.line = KG_ARRAY(arena, const char *, file->count);
	batch.arena = KG_ARRAY(arena, struct kg_arena *, file->count);
	batch.error = KG_ARRAY(arena, struct kg_error, file->count);
	if (!batch.line || !batch.arena || !batch.error)
		return kg_error_memory(error);
	status = kg_parallel_each(file->count, (size_t)options->jobs, run_one, &batch, error);
	for (size_t i = 0; i < file->count; i++) {
		if (batch.line[i] && (file->count > 1 || batch.error[i].status == KG_OK))
			kg_buffer_add(report, batch.line[i]);
		kg_arena_free(batch.arena[i]);
	}
	return status == KG_OK ? judge(&batch, error) : status;
}

const struct kg_action kg_action_run = { "run",
					 "FILE.md ...",
					 "runs what is stale and rewrites the results in place",
					 run_option,
					 sizeof run_option / sizeof run_option[0],
					 run };

static const struct kg_option check_option[] = {
	{ .name = "rerun",
	  .help = "run everything in memory and compare at the printed precision",
	  .kind = KG_OPTION_FLAG,
	  .field = FIELD(rerun) },
};

/* One notebook; when it cannot be read that is told and counts as a problem. */
static enum kg_status check_one(const char *path, bool rerun, struct kg_buffer *report, struct kg_check_tally *all,
				struct kg_error *error)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_check_tally tally;
	enum kg_status status;

	if (!arena)
		return kg_error_memory(error);
	status = (rerun ? kg_check_rerun : kg_check_book)(path, arena, report, &tally, error);
	if (status == KG_OK && !tally.problems)
		kg_buffer_printf(report, "%s: %zu blocks, %zu values: %s\n", path, tally.blocks, tally.values,
				 rerun ? "all come out the same" : "up to date");
	if (status == KG_OK) {
		all->problems += tally.problems;
		all->edited += tally.edited;
		all->failing += tally.failing;
	}
	kg_arena_free(arena);
	return status;
}

/* How many problems there are, and what to do about each kind. */
static enum kg_status sum_up(const struct kg_check_tally *all, enum kg_status worst, struct kg_error *error)
{
	bool stale = all->problems > all->edited + all->failing;

	return kg_error_set(error, worst, "%zu problem%s%s%s%s", all->problems, all->problems == 1 ? "" : "s",
			    stale ? "; 'keng notebook run' brings a notebook up to date" : "",
			    all->edited ? "; take an edit by hand back, or 'keng notebook run --force' to write over it" : "",
			    all->failing ? "; change the sentence of a claim that does not hold" : "");
}

static enum kg_status check(const struct kg_action_options *options, const struct kg_names *file,
			    struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	enum kg_status worst = KG_EDATA;
	struct kg_check_tally all = { 0 };
	char text[2048];

	(void)arena;
	for (size_t i = 0; i < file->count; i++) {
		enum kg_status status = check_one(file->name[i], options->rerun, report, &all, error);

		if (status == KG_OK)
			continue;
		if (file->count == 1 || status == KG_ENOMEM || status == KG_EBUG)
			return status;
		kg_error_text(error, text, sizeof text);
		kg_buffer_printf(report, "%s\n", text);
		worst = status > worst ? status : worst;
		all.problems++;
	}
	return all.problems ? sum_up(&all, worst, error) : KG_OK;
}

const struct kg_action kg_action_check = { "check",
					   "FILE.md ...",
					   "tells what is stale and why, without running it; exit 1 if anything is",
					   check_option,
					   sizeof check_option / sizeof check_option[0],
					   check };

const char kg_action_format_help[] =
    "\nA notebook is Markdown with front matter and blocks of keng commands:\n\n"
    "  ---\n"
    "  title: Festivals\n"
    "  keng: 1\n"
    "  params: {year: \"2019\"}\n"
    "  data: {festivals: festivals.csv}\n"
    "  ---\n"
    "  ```keng #attendance\n"
    "  participation festivals --count attendances --events events --by level --where \"year = {{year}}\"\n"
    "  plot bar --x level --y estimate\n"
    "  ```\n"
    "  Each drew <!-- keng:= attendance[level=commune,term=per_event].estimate %.0f -->0<!-- keng:. --> people.\n\n"
    "Names under data: and ids of blocks above are inputs; a command without one takes the result above it.\n"
    "--quiet leaves a table out of the document. Files go to figures/ and tables/ beside the notebook.\n"
    "A block ```keng-claim #id holds a sentence and conditions, one a line, such as\n"
    "attendance[level=commune].estimate > 1000, a.nrow == b.nrow or top.district == \"Mai Châu\"; check names the claims\n"
    "that no longer hold.\n"
    "[](#id) reads \"Figure 2\" or \"Table 3\" on a page, [](#id.table) the table of a block that shows both.\n"
    "Values: block[column=cell].column *100 %.1f%%, block.nrow, params.name; in commands {{= address}} and {{name}}.\n";
