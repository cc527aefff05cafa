#include "table/gazetteer.h"

uint32_t kg_gazetteer_find(const struct kg_gazetteer *gazetteer, const char *name)
{
	size_t number = kg_name_set_find(gazetteer->names, name);

	return number == KG_NO_NAME ? KG_NO_PLACE : (uint32_t)number;
}

enum kg_status kg_gazetteer_make(const struct kg_table *data, const char *id, struct kg_arena *arena,
				 struct kg_gazetteer *gazetteer, struct kg_error *error)
{
	uint32_t *place = KG_ARRAY(arena, uint32_t, data->nrow + 1), *first = KG_ARRAY(arena, uint32_t, data->nrow + 1);
	struct kg_name_set *names = kg_name_set_new(arena);
	const struct kg_column *column;
	const size_t *number;

	KG_TRY(kg_table_column(data, id, &column, error));
	number = names ? kg_name_set_column(names, column, data->nrow, true, NULL) : NULL;
	if (!place || !first || !number)
		return kg_error_memory(error);
	for (size_t row = data->nrow; row-- > 0;) {
		if (number[row] == KG_NO_NAME)
			return kg_error_cell(error, KG_EDATA, data->from->file, kg_table_line(data, row), id,
					     "no place; each row needs the code of its place");
		place[row] = (uint32_t)number[row];
		first[place[row]] = (uint32_t)row;
	}
	*gazetteer = (struct kg_gazetteer){ data, id, names, kg_name_set_count(names), first, place };
	return KG_OK;
}
