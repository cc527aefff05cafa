#include <string.h>

#include "base/number.h"
#include "harmonise.h"

/* Units in which figures do not add. */
static bool is_rate_unit(const char *unit)
{
	return unit &&
	       (strstr(unit, "per ") || strchr(unit, '%') || strchr(unit, '/') || strcmp(unit, "fraction") == 0);
}

static enum kg_status open_values(struct kg_harmonise_run *run, struct kg_error *error)
{
	const struct kg_names *value = &run->options->value;

	run->value = KG_ARRAY(run->context->arena, const struct kg_column *, value->count);
	if (!run->value)
		return kg_error_memory(error);
	for (size_t v = 0; v < value->count; v++) {
		KG_TRY(kg_table_number(run->table, value->name[v], &run->value[v], error));
		if (is_rate_unit(run->value[v]->unit))
			return kg_error_cell(
			    error, KG_EDATA, run->table->from->file, 0, value->name[v],
			    "a rate (%s) does not add; carry its count and its population, and rebuild "
			    "it with --rate COUNT/POPULATION",
			    run->value[v]->unit);
	}
	return KG_OK;
}

/* Number of a carried value by its name. */
static enum kg_status find_value(const struct kg_harmonise_run *run, const char *name, size_t *number,
				 struct kg_error *error)
{
	const struct kg_names *value = &run->options->value;

	for (*number = 0; *number < value->count; (*number)++)
		if (strcmp(value->name[*number], name) == 0)
			return KG_OK;
	return kg_error_set(error, KG_EUSAGE, "'%s' of --rate is not carried; name it in --value too", name);
}

static enum kg_status open_rate(const struct kg_harmonise_run *run, const char *word, struct kg_harmonise_rate *rate,
				struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_buffer unit = kg_buffer_new(arena);
	const struct kg_column *below;
	const char *const *part;

	if (kg_text_split(word, '/', arena, &part) != 2)
		return kg_error_set(error, KG_EUSAGE, "'%s' is no value for '--rate'; write COUNT/POPULATION", word);
	KG_TRY(find_value(run, part[0], &rate->count, error));
	KG_TRY(find_value(run, part[1], &rate->population, error));
	below = run->value[rate->population];
	if (run->value[rate->count]->unit)
		kg_buffer_printf(&unit, "%s ", run->value[rate->count]->unit);
	kg_buffer_add(&unit, "per ");
	kg_number_exact(&unit, run->options->multiplier);
	kg_buffer_printf(&unit, " %s", below->unit ? below->unit : below->name);
	rate->term = word;
	rate->unit = unit.text;
	return kg_buffer_check(&unit, error);
}

static enum kg_status open_rates(struct kg_harmonise_run *run, struct kg_error *error)
{
	const char *const *word;
	struct kg_harmonise_rate *rate;

	run->nrate = kg_text_split(run->options->rate, ',', run->context->arena, &word);
	run->rate = rate = KG_ARRAY(run->context->arena, struct kg_harmonise_rate, run->nrate + 1);
	if (!rate || (run->nrate && !word))
		return kg_error_memory(error);
	for (size_t r = 0; r < run->nrate; r++)
		KG_TRY(open_rate(run, word[r], &rate[r], error));
	return KG_OK;
}

/* Groups by --by and, where it is not among them, --time. */
static enum kg_status open_groups(struct kg_harmonise_run *run, struct kg_error *error)
{
	const struct kg_names *by = &run->context->by;
	const char *time = run->options->time;
	const char **key = KG_ARRAY(run->context->arena, const char *, by->count + 1);
	size_t count = 0;

	if (!key)
		return kg_error_memory(error);
	for (; count < by->count; count++) {
		key[count] = by->name[count];
		if (time && strcmp(by->name[count], time) == 0)
			time = NULL;
	}
	if (time)
		key[count++] = time;
	return kg_groups_make(run->table, &(struct kg_names){ key, count }, run->context->arena, &run->groups, error);
}

static enum kg_status read_days(struct kg_harmonise_run *run, struct kg_error *error)
{
	long *day = KG_ARRAY(run->context->arena, long, run->table->nrow + 1);
	struct kg_time time;

	if (!day)
		return kg_error_memory(error);
	if (!run->options->time && run->crosswalk.dated)
		return kg_error_set(error, KG_EUSAGE,
				    "units of '%s' change their parts over time; name the column with the period with "
				    "'--time COL'",
				    run->options->crosswalk.spec);
	if (!run->options->time)
		return KG_OK;
	KG_TRY(kg_time_read(run->table, run->options->time, run->context->arena, &time, error));
	for (size_t row = 0; row < run->table->nrow; row++)
		day[row] = kg_period_last_day(time.kind, time.index[row]);
	run->day = day;
	return KG_OK;
}

static enum kg_status find_units(struct kg_harmonise_run *run, struct kg_error *error)
{
	struct kg_crosswalk *crosswalk = &run->crosswalk;

	run->unit = kg_name_set_column(crosswalk->old_names, run->id, run->table->nrow, false, &run->respelt);
	run->extent_of = KG_ARRAY(run->context->arena, size_t, run->table->nrow + 1);
	if (!run->unit || !run->extent_of)
		return kg_error_memory(error);
	for (size_t row = 0; row < run->table->nrow; row++)
		run->extent_of[row] =
		    run->unit[row] == KG_NO_NAME
			? SIZE_MAX
			: kg_crosswalk_find(crosswalk, run->unit[row], run->day ? run->day[row] : KG_ANY_DAY);
	return KG_OK;
}

enum kg_status kg_harmonise_open(struct kg_harmonise_run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct kg_harmonise_options *options = run->options;
	const struct kg_crosswalk_columns columns = { options->from, options->to, options->share };

	run->table = table;
	KG_TRY(kg_table_column(table, options->id, &run->id, error));
	KG_TRY(open_values(run, error));
	KG_TRY(open_rates(run, error));
	KG_TRY(kg_crosswalk_make(options->crosswalk.table, &columns, run->context->arena, &run->crosswalk, error));
	KG_TRY(read_days(run, error));
	KG_TRY(open_groups(run, error));
	return find_units(run, error);
}
