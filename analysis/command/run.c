#include <string.h>

#include "command/blame.h"
#include "command/bounds.h"
#include "command/disclosure.h"
#include "command/division.h"
#include "command/facts.h"
#include "command/missing.h"
#include "command/named.h"
#include "command/plot.h"
#include "command/spelling.h"
#include "plots/chart.h"
#include "table/sort.h"

static void count_rows(const struct kg_command *command, const struct kg_inputs *inputs, struct kg_result *result)
{
	for (size_t i = 0; i < command->ninput; i++)
		result->rows_read += inputs->rows[i];
	for (size_t i = 0; i < inputs->count; i++)
		result->rows_used += inputs->table[i]->nrow;
}

/* The rows in the order asked for; a chart of the result follows. */
static enum kg_status sort_result(const struct kg_common *common, struct kg_arena *arena, struct kg_result *result,
				  struct kg_error *error)
{
	const struct kg_table *table = result->table;

	if (!common->sort)
		return KG_OK;
	KG_TRY(kg_table_sort(table, common->sort, kg_language_find(common->lang), arena, &result->table, error));
	if (result->picture.table == table)
		result->picture.table = result->table;
	return KG_OK;
}

/* `plot`: the table itself is the result, the picture says how it is drawn. */
static enum kg_status run_plot(const struct kg_command *command, const struct kg_table *table, struct kg_arena *arena,
			       struct kg_result **result, struct kg_error *error)
{
	*result = kg_result_new(table, arena);
	if (!*result)
		return kg_error_memory(error);
	(*result)->picture = kg_plot_picture(command->options, &command->common, command->chart->id, table);
	return sort_result(&command->common, arena, *result, error);
}

/* A result can only be empty when nothing came in: that is said. */
static void remark_no_rows(const struct kg_common *common, const struct kg_table *const *table, size_t count,
			   struct kg_result *result, struct kg_arena *arena)
{
	for (size_t i = 0; i < count; i++)
		if (table[i]->nrow || result->table->nrow || result->table == table[i])
			return;
	if (common->where)
		kg_result_remark(result, arena, "No row fits --where \"%s\": there is nothing to compute.",
				 common->where);
	else if (common->sql)
		kg_result_remark(result, arena, "The query of --sql has no rows: there is nothing to compute.");
	else
		kg_result_remark(result, arena, "The input has no rows: there is nothing to compute.");
}

enum kg_status kg_command_run(const struct kg_command *command, const struct kg_session *session,
			      struct kg_arena *arena, struct kg_result **result, struct kg_error *error)
{
	const struct kg_common *common = &command->common;
	struct kg_context context = { .arena = arena,
				      .threads = (size_t)common->threads,
				      .conf_level = common->conf_level,
				      .seed = (uint64_t)common->seed,
				      .replicates = (size_t)common->replicates,
				      .by = common->by,
				      .language = kg_language_find(common->lang),
				      .folded = common->aggregate,
				      .progress = session->progress,
				      .watcher = session->watcher };
	const struct kg_facts *facts = NULL;
	const struct kg_table *first;
	struct kg_inputs inputs;

	if (!command->program && (common->suppress || common->round))
		return kg_error_set(error, KG_EUSAGE,
				    "'--suppress' and '--round' belong to a program with a '--count'; draw its result");
	KG_TRY(kg_named_resolve(command, session, error));
	KG_TRY(kg_input_read(command, session, arena, &inputs, error));
	if (!command->program) {
		KG_TRY(run_plot(command, inputs.table[0], arena, result, error));
		KG_TRY(kg_missing_remark(command, &inputs, *result, arena, error));
		count_rows(command, &inputs, *result);
		return KG_OK;
	}
	if (kg_facts_wanted(command))
		KG_TRY(kg_facts_gather(command, session, &inputs, arena, &facts, error));
	first = inputs.table[0];
	KG_TRY(kg_disclosure_round(command, arena, &first, error));
	KG_TRY(command->program->run(command->options, first == inputs.table[0] ? inputs.table : &first, inputs.count,
				     &context, result, error));
	KG_TRY(kg_disclosure_hide(command, inputs.table[0], *result, arena, error));
	kg_blame_remark(command, inputs.table[0], *result, arena);
	kg_division_remark(command, inputs.table[0], *result, arena);
	kg_spelling_remark(command, inputs.table[0], *result, arena);
	(*result)->facts = facts;
	count_rows(command, &inputs, *result);
	KG_TRY(kg_missing_remark(command, &inputs, *result, arena, error));
	remark_no_rows(common, inputs.table, inputs.count, *result, arena);
	KG_TRY(sort_result(common, arena, *result, error));
	if (!command->program->raw)
		KG_TRY(kg_bounds_remark(command, inputs.table, inputs.count, *result, arena, error));
	if ((*result)->picture.kind) {
		(*result)->picture.language = context.language;
		(*result)->picture.conf_level = (*result)->picture.table_level = context.conf_level;
		(*result)->picture.with_script = common->with_script;
	}
	return KG_OK;
}
