#include "command/missing.h"

#include <string.h>

#include "base/buffer.h"
#include "table/missing.h"
#include "table/query.h"

/* Cells of a column that have no value for the same reason. */
struct reason {
	struct kg_missing_token token; /* text NULL: empty without a label */
	size_t count;
};

static bool is_same(const struct reason *a, const struct kg_missing_token *b)
{
	return a->token.label && b->label && strcmp(a->token.label, b->label) == 0;
}

/* The reasons that occur; tokens with the same label are one. */
static size_t list_reasons(const struct kg_missing *missing, const size_t count[KG_MISSING_KINDS],
			   struct reason reason[KG_MISSING_KINDS])
{
	size_t used = 0, at;

	for (size_t k = KG_MISSING_TOKEN; k < KG_MISSING_TOKEN + missing->count; k++) {
		const struct kg_missing_token *token = &missing->token[k - KG_MISSING_TOKEN];

		if (!count[k])
			continue;
		for (at = 0; at < used && !is_same(&reason[at], token); at++)
			;
		if (at == used)
			reason[used++] = (struct reason){ *token, 0 };
		reason[at].count += count[k];
	}
	if (count[KG_MISSING_EMPTY])
		reason[used++] = (struct reason){ { 0 }, count[KG_MISSING_EMPTY] };
	return used;
}

static struct kg_message say_reason(const struct reason *reason, struct kg_arena *arena)
{
	const struct kg_missing_token *token = &reason->token;
	struct kg_message name = { { token->label, token->label_vi ? token->label_vi : token->label } };

	if (!token->text)
		return kg_message_make(arena, "%'zu empty", reason->count);
	if (!token->label)
		return kg_message_make(arena, "%'zu '%s'", reason->count, token->text);
	return kg_message_make(arena, "%'zu %s", reason->count, kg_message_argument(arena, &name));
}

static void append(struct kg_message *list, const struct kg_message *item, struct kg_arena *arena)
{
	for (int i = 0; i < KG_LANGUAGES; i++)
		list->in[i] = list->in[i] ? kg_arena_format(arena, "%s, %s", list->in[i], item->in[i]) : item->in[i];
}

/* Says of which rows the cells are. */
static struct kg_message say_column(const struct kg_common *common, const char *column, const struct kg_message *list,
				    struct kg_arena *arena)
{
	const char *reasons = kg_message_argument(arena, list);

	if (common->where && !common->sql)
		return kg_message_make(arena, "Cells without a value in '%s', in the rows kept: %s.", column, reasons);
	if (common->sql || common->aggregate)
		return kg_message_make(arena, "Cells without a value in '%s', in the rows read: %s.", column, reasons);
	return kg_message_make(arena, "Cells without a value in '%s': %s.", column, reasons);
}

static void remark_column(const struct kg_common *common, const struct kg_column *column, size_t nrow,
			  struct kg_result *result, struct kg_arena *arena)
{
	struct reason reason[KG_MISSING_KINDS];
	size_t count[KG_MISSING_KINDS], used;
	struct kg_message list = { 0 };

	if (!kg_missing_count(column, nrow, count))
		return;
	used = list_reasons(column->absent->missing, count, reason);
	if (!used || (used == 1 && !reason[0].token.label))
		return;
	for (size_t i = 0; i < used; i++) {
		const struct kg_message item = say_reason(&reason[i], arena);

		append(&list, &item, arena);
	}
	kg_result_say(result, arena, say_column(common, column->name, &list, arena));
}

/* Which columns of a table the command names, in its options or its SQL; all where it names none. */
static enum kg_status find_used(const struct kg_command *command, const struct kg_table *table, bool *used,
				struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_common *common = &command->common;
	const char **name = KG_ARRAY(arena, const char *, table->ncol + 1);
	const char **sql = KG_ARRAY(arena, const char *, common->let.count + 2);
	struct kg_names named;
	size_t nsql = 0;

	KG_TRY(kg_input_columns(command, arena, &named, error));
	if (!name || !sql)
		return kg_error_memory(error);
	for (size_t j = 0; j < table->ncol; j++)
		name[j] = table->column[j].name;
	for (size_t i = 0; i < common->let.count; i++)
		sql[nsql++] = strchr(common->let.name[i], '=') + 1;
	if (common->where)
		sql[nsql++] = common->where;
	if (common->sql)
		sql[nsql++] = common->sql;
	kg_query_columns(sql, nsql, name, table->ncol, used);
	for (size_t j = 0; j < table->ncol; j++) {
		used[j] |= !named.count && !common->sql;
		for (size_t i = 0; i < named.count && !common->sql; i++)
			used[j] |= strcmp(name[j], named.name[i]) == 0;
	}
	return KG_OK;
}

enum kg_status kg_missing_remark(const struct kg_command *command, const struct kg_inputs *inputs,
				 struct kg_result *result, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_table *const *table = command->common.sql ? inputs->source : inputs->table;
	size_t count = command->common.sql ? command->ninput : inputs->count;

	for (size_t t = 0; t < count; t++) {
		bool *used = KG_ARRAY(arena, bool, table[t]->ncol + 1);

		if (!used)
			return kg_error_memory(error);
		KG_TRY(find_used(command, table[t], used, arena, error));
		for (size_t j = 0; j < table[t]->ncol; j++)
			if (used[j])
				remark_column(&command->common, &table[t]->column[j], table[t]->nrow, result, arena);
	}
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}
