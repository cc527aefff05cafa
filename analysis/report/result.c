#include "report/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct kg_result *kg_result_new(const struct kg_table *table, struct kg_arena *arena)
{
	struct kg_result *result = KG_NEW(arena, struct kg_result);

	if (result)
		result->table = table;
	return result;
}

void kg_result_remark(struct kg_result *result, struct kg_arena *arena, const char *format, ...)
{
	const char **longer = KG_ARRAY(arena, const char *, result->nremark + 1);
	char text[1024];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	if (!longer)
		return;
	if (result->nremark)
		memcpy(longer, result->remark, result->nremark * sizeof *longer);
	longer[result->nremark] = kg_arena_text(arena, text);
	result->remark = longer;
	if (longer[result->nremark])
		result->nremark++;
}
