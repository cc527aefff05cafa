#include <string.h>

#include "base/text.h"
#include "table/csv_read.h"

struct planner {
	const struct kg_source *source;
	const struct kg_read *read;
	const char *const *name;
	size_t count;
	struct kg_arena *arena;
	struct kg_csv_plan *plan;
	uint32_t *slot, *qualifier;
	const char **wanted;
	struct kg_cell_rule *rule;
	const struct kg_field **field;
};

static struct kg_cell_rule make_rule(const struct planner *planner, const struct kg_field *field)
{
	const struct kg_dialect usual = { 0 }, *dialect = planner->read->dialect ? planner->read->dialect : &usual;
	const struct kg_schema *schema = planner->source->schema;
	struct kg_cell_rule rule = { .type = KG_REAL, .guessed = true, .decimal = '.' };

	if (field) {
		rule.guessed = !field->typed;
		rule.type = field->typed ? field->type : KG_REAL;
		rule.decimal = field->decimal ? field->decimal : '.';
		rule.group = field->group;
		rule.format = field->format;
	}
	rule.decimal = dialect->decimal ? dialect->decimal : rule.decimal;
	rule.group = dialect->group ? dialect->group : rule.group;
	rule.missing = dialect->missing;
	rule.nmissing = dialect->nmissing;
	if (!rule.missing && field && field->missing) {
		rule.missing = field->missing;
		rule.nmissing = field->nmissing;
	} else if (!rule.missing && schema && schema->missing) {
		rule.missing = schema->missing;
		rule.nmissing = schema->nmissing;
	}
	rule.as_text = planner->read->as_text;
	rule.type = rule.as_text ? KG_TEXT : rule.type;
	rule.guessed = rule.guessed && !rule.as_text;
	return rule;
}

static enum kg_status refuse_name(const struct planner *planner, const char *name, struct kg_error *error)
{
	const char *nearest = kg_text_nearest(name, planner->name, planner->count), *only = planner->name[0];
	const char *sign = planner->count == 1 ? strpbrk(only, ";\t|,") : NULL;

	if (sign && *sign == '\t')
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' is not a column; the header holds tabs, try --delimiter '\\t'", name);
	if (sign)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a column; the header is '%s', try --delimiter '%c'",
				    name, only, *sign);
	if (nearest)
		return kg_error_set(error, KG_EUSAGE, "'%s' is not a column; did you mean '%s'?", name, nearest);
	return kg_error_set(error, KG_EUSAGE, "'%s' is not a column; the first column is '%s'", name, only);
}

/* Place of a file's column among those wanted; added when it is not there yet. */
static enum kg_status want(struct planner *planner, const char *name, uint32_t *place, struct kg_error *error)
{
	struct kg_csv_shape *shape = &planner->plan->shape;
	size_t at = 0;

	while (at < planner->count && strcmp(planner->name[at], name) != 0)
		at++;
	if (at == planner->count)
		return refuse_name(planner, name, error);
	if (planner->slot[at] == UINT32_MAX) {
		planner->slot[at] = (uint32_t)shape->nwanted;
		planner->wanted[shape->nwanted] = planner->name[at];
		planner->field[shape->nwanted] = kg_schema_field(planner->source->schema, name);
		planner->rule[shape->nwanted] = make_rule(planner, planner->field[shape->nwanted]);
		shape->nwanted++;
	}
	*place = planner->slot[at];
	return KG_OK;
}

static bool is_needed(const struct kg_read *read, const char *name)
{
	if (!read->column)
		return true;
	for (size_t i = 0; i < read->ncolumn; i++)
		if (strcmp(read->column[i], name) == 0)
			return true;
	return false;
}

/* Columns that say of others whether their values are bounds. */
static enum kg_status want_qualifiers(struct planner *planner, struct kg_error *error)
{
	size_t shown = planner->plan->nshown;

	for (size_t i = 0; i < shown; i++) {
		const struct kg_field *field = planner->field[i];

		planner->qualifier[i] = UINT32_MAX;
		if (!field || !field->qualifier || planner->rule[i].type > KG_INTEGER)
			continue;
		KG_TRY(want(planner, field->qualifier, &planner->qualifier[i], error));
		planner->rule[planner->qualifier[i]].type = KG_TEXT;
		planner->rule[planner->qualifier[i]].guessed = false;
	}
	return KG_OK;
}

static enum kg_status fill_plan(struct planner *planner, struct kg_error *error)
{
	const struct kg_read *read = planner->read;
	uint32_t place;

	for (size_t i = 0; i < planner->count; i++)
		planner->slot[i] = UINT32_MAX;
	for (size_t i = 0; read->column && i < read->ncolumn; i++) {
		size_t at = 0;

		while (at < planner->count && strcmp(planner->name[at], read->column[i]) != 0)
			at++;
		if (at == planner->count)
			return refuse_name(planner, read->column[i], error);
	}
	for (size_t i = 0; i < planner->count; i++)
		if (is_needed(read, planner->name[i]))
			KG_TRY(want(planner, planner->name[i], &place, error));
	planner->plan->nshown = planner->plan->shape.nwanted;
	KG_TRY(want_qualifiers(planner, error));
	for (size_t i = 0; i < planner->count; i++)
		if (planner->slot[i] == UINT32_MAX)
			planner->slot[i] = (uint32_t)planner->plan->shape.nwanted;
	return KG_OK;
}

enum kg_status kg_csv_plan_make(const struct kg_source *source, const struct kg_read *read, const char *const *name,
				size_t count, struct kg_arena *arena, struct kg_csv_plan *plan, struct kg_error *error)
{
	struct planner planner = { source, read, name, count, arena, plan, NULL, NULL, NULL, NULL, NULL };

	*plan = (struct kg_csv_plan){ 0 };
	planner.slot = KG_ARRAY(arena, uint32_t, count);
	planner.qualifier = KG_ARRAY(arena, uint32_t, count);
	planner.wanted = KG_ARRAY(arena, const char *, count);
	planner.rule = KG_ARRAY(arena, struct kg_cell_rule, count);
	planner.field = KG_ARRAY(arena, const struct kg_field *, count);
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	plan->shape.nfield = count;
	plan->shape.name = name;
	plan->shape.slot = planner.slot;
	plan->rule = planner.rule;
	plan->field = planner.field;
	plan->name = planner.wanted;
	plan->qualifier = planner.qualifier;
	return fill_plan(&planner, error);
}
