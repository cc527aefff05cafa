#include "table/csv_plan.h"

#include <string.h>

#define NOT_WANTED UINT32_MAX

struct planner {
	const struct kg_source *source;
	const struct kg_read *read;
	const char *const *name;
	size_t count, nwanted;
	struct kg_arena *arena;
	struct kg_error *error;
	uint32_t *slot, *qualifier;
	const char **wanted;
	struct kg_cell_rule *rule;
	const struct kg_field **field;
};

char kg_csv_delimiter(const struct kg_source *source, const struct kg_dialect *dialect)
{
	if (dialect && dialect->delimiter)
		return dialect->delimiter;
	return source->schema && source->schema->delimiter ? source->schema->delimiter : ',';
}

static enum kg_status check_characters(const struct planner *planner, const struct kg_cell_rule *rule)
{
	char delimiter = kg_csv_delimiter(planner->source, planner->read->dialect);

	if (strchr("\"\r\n", delimiter))
		return kg_error_set(planner->error, KG_EUSAGE,
				    "a quote or a line end cannot be the delimiter; use another --delimiter");
	if (rule->group == rule->decimal)
		return kg_error_set(planner->error, KG_EUSAGE,
				    "'%c' is both the decimal and the group character; give --decimal and --digit-group",
				    rule->group);
	return KG_OK;
}

static void choose_missing(const struct planner *planner, const struct kg_field *field, struct kg_cell_rule *rule)
{
	const struct kg_dialect *dialect = planner->read->dialect;
	const struct kg_schema *schema = planner->source->schema;

	if (dialect && dialect->missing)
		rule->missing = dialect->missing;
	else if (field && field->missing)
		rule->missing = field->missing;
	else if (schema && schema->missing)
		rule->missing = schema->missing;
}

static struct kg_cell_rule make_rule(const struct planner *planner, const struct kg_field *field)
{
	const struct kg_dialect *dialect = planner->read->dialect;
	struct kg_cell_rule rule = { .type = KG_REAL, .guessed = true, .decimal = '.' };

	if (planner->read->as_text)
		return (struct kg_cell_rule){ .type = KG_TEXT, .as_text = true, .decimal = '.' };
	if (field) {
		rule.guessed = !field->typed;
		rule.type = field->typed ? field->type : KG_REAL;
		rule.decimal = field->decimal ? field->decimal : '.';
		rule.group = field->group;
		rule.format = field->format;
	}
	if (dialect && dialect->decimal)
		rule.decimal = dialect->decimal;
	if (dialect && dialect->group)
		rule.group = dialect->group;
	rule.from_one = dialect && dialect->from_one;
	choose_missing(planner, field, &rule);
	return rule;
}

/* An unknown name is refused in the words that tables use. */
static enum kg_status refuse_name(const struct planner *planner, const char *name)
{
	struct kg_provenance from = { .file = planner->source->spec };
	struct kg_column *column = KG_ARRAY(planner->arena, struct kg_column, planner->count);
	struct kg_table header = { .ncol = planner->count, .column = column, .from = &from };
	const char *sign = planner->count == 1 ? strpbrk(planner->name[0], ";\t|,") : NULL;
	const struct kg_column *found;

	if (!column)
		return kg_error_memory(planner->error);
	if (sign)
		return kg_error_cell(planner->error, KG_EUSAGE, from.file, 0, NULL,
				     "'%s' is not a column; the only one is '%.200s', try --delimiter '%s'", name,
				     planner->name[0], *sign == '\t' ? "\\t" : (const char[2]){ *sign, '\0' });
	for (size_t i = 0; i < planner->count; i++)
		column[i].name = planner->name[i];
	return kg_table_column(&header, name, &found, planner->error);
}

/* Place of a file's column among those wanted; it is added when it is not there yet. */
static enum kg_status want(struct planner *planner, const char *name, uint32_t *place)
{
	size_t at = 0, wanted = planner->nwanted;

	while (at < planner->count && strcmp(planner->name[at], name) != 0)
		at++;
	if (at == planner->count)
		return refuse_name(planner, name);
	if (planner->slot[at] == NOT_WANTED) {
		planner->slot[at] = (uint32_t)wanted;
		planner->wanted[wanted] = planner->name[at];
		planner->field[wanted] = kg_schema_field(planner->source->schema, name);
		planner->rule[wanted] = make_rule(planner, planner->field[wanted]);
		KG_TRY(check_characters(planner, &planner->rule[wanted]));
		planner->nwanted++;
	}
	*place = planner->slot[at];
	return KG_OK;
}

static bool is_among(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

/* The columns asked for, or all, in file order. */
static enum kg_status want_columns(struct planner *planner)
{
	const struct kg_read *read = planner->read;
	uint32_t place;

	for (size_t i = 0; read->column && i < read->ncolumn; i++)
		if (!is_among(planner->name, planner->count, read->column[i]))
			return refuse_name(planner, read->column[i]);
	for (size_t i = 0; i < planner->count; i++)
		if (!read->column || is_among(read->column, read->ncolumn, planner->name[i]))
			KG_TRY(want(planner, planner->name[i], &place));
	return KG_OK;
}

/* Places of the keys and values of a fold. A value that is a key, or stands twice, is passed over. */
static enum kg_status want_fold(struct planner *planner, struct kg_csv_plan *plan)
{
	const struct kg_fold *fold = planner->read->fold;
	uint32_t *place = KG_ARRAY(planner->arena, uint32_t, fold->nkey + fold->nvalue + 1);

	if (!place)
		return kg_error_memory(planner->error);
	plan->key = place;
	for (size_t i = 0; i < fold->nkey; i++)
		if (!is_among(fold->key, i, fold->key[i]))
			KG_TRY(want(planner, fold->key[i], &place[plan->nkey++]));
	place += plan->nkey;
	plan->value = place;
	for (size_t i = 0; i < fold->nvalue; i++)
		if (!is_among(fold->value, i, fold->value[i]) && !is_among(fold->key, fold->nkey, fold->value[i]))
			KG_TRY(want(planner, fold->value[i], &place[plan->nvalue++]));
	return KG_OK;
}

/* Columns that say of others whether their values are bounds. */
static enum kg_status want_qualifiers(struct planner *planner, size_t shown)
{
	for (size_t i = 0; i < shown; i++) {
		const struct kg_field *field = planner->field[i];
		enum kg_type type = planner->rule[i].type;

		planner->qualifier[i] = NOT_WANTED;
		if (!field || !field->qualifier || (type != KG_REAL && type != KG_INTEGER))
			continue;
		KG_TRY(want(planner, field->qualifier, &planner->qualifier[i]));
		planner->rule[planner->qualifier[i]].type = KG_TEXT;
		planner->rule[planner->qualifier[i]].guessed = false;
	}
	return KG_OK;
}

static enum kg_status fill_plan(struct planner *planner, struct kg_csv_plan *plan)
{
	for (size_t i = 0; i < planner->count; i++)
		planner->slot[i] = NOT_WANTED;
	if (planner->read->fold)
		plan->how = planner->read->fold->how;
	KG_TRY(plan->how != KG_FOLD_NONE ? want_fold(planner, plan) : want_columns(planner));
	plan->nshown = planner->nwanted;
	KG_TRY(want_qualifiers(planner, plan->nshown));
	for (size_t i = 0; i < planner->count; i++)
		if (planner->slot[i] == NOT_WANTED)
			planner->slot[i] = (uint32_t)planner->nwanted;
	plan->shape.nwanted = planner->nwanted;
	return KG_OK;
}

enum kg_status kg_csv_plan_make(const struct kg_source *source, const struct kg_read *read,
				const struct kg_names *header, struct kg_arena *arena, struct kg_csv_plan *plan,
				struct kg_error *error)
{
	size_t count = header->count;
	struct planner planner = { source, read, header->name, count, .arena = arena, .error = error };

	planner.slot = KG_ARRAY(arena, uint32_t, count);
	planner.qualifier = KG_ARRAY(arena, uint32_t, count);
	planner.wanted = KG_ARRAY(arena, const char *, count);
	planner.rule = KG_ARRAY(arena, struct kg_cell_rule, count);
	planner.field = KG_ARRAY(arena, const struct kg_field *, count);
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	*plan = (struct kg_csv_plan){
		.name = planner.wanted, .rule = planner.rule, .field = planner.field, .qualifier = planner.qualifier
	};
	plan->shape.delimiter = kg_csv_delimiter(source, read->dialect);
	plan->shape.nfield = count;
	plan->shape.lenient = read->lenient && !read->fold;
	plan->shape.name = header->name;
	plan->shape.slot = planner.slot;
	return fill_plan(&planner, plan);
}
