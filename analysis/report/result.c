#include "report/result.h"

#include <stdarg.h>
#include <string.h>

#include "report/label.h"

struct kg_result *kg_result_new(const struct kg_table *table, struct kg_arena *arena)
{
	struct kg_result *result = KG_NEW(arena, struct kg_result);

	if (result)
		result->table = table;
	return result;
}

void kg_result_title(struct kg_result *result, struct kg_arena *arena, const char *format, ...)
{
	struct kg_message clause;
	va_list list;

	va_start(list, format);
	clause = kg_message_format(arena, format, list);
	va_end(list);
	for (int i = 0; i < KG_LANGUAGES; i++)
		result->title.in[i] = result->title.in[i]
					  ? kg_arena_format(arena, "%s%s", result->title.in[i], clause.in[i])
					  : clause.in[i];
}

void kg_result_title_by(struct kg_result *result, struct kg_arena *arena, const struct kg_names *by)
{
	for (size_t i = 0; i < by->count; i++)
		if (i == 0)
			kg_result_title(result, arena, " by %s", kg_label_named(result->table, by->name[i], arena));
		else
			kg_result_title(result, arena, ", %s", kg_label_named(result->table, by->name[i], arena));
}

void kg_result_say(struct kg_result *result, struct kg_arena *arena, struct kg_message remark)
{
	struct kg_message *longer = KG_ARRAY(arena, struct kg_message, result->nremark + 1);

	if (!longer || kg_arena_failed(arena))
		return;
	if (result->nremark)
		memcpy(longer, result->remark, result->nremark * sizeof *longer);
	longer[result->nremark++] = remark;
	result->remark = longer;
}

void kg_result_remark(struct kg_result *result, struct kg_arena *arena, const char *format, ...)
{
	struct kg_message remark;
	va_list list;

	va_start(list, format);
	remark = kg_message_format(arena, format, list);
	va_end(list);
	kg_result_say(result, arena, remark);
}
