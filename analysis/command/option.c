#include "command/option.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stats/stat.h"

/* Methods one program may have; more than any has. */
#define METHODS_MOST 64
/* Column at which the explanation of an option starts. */
#define HELP_COLUMN 26

static void *find_field(const struct kg_option_set *set, const struct kg_option *option)
{
	return (char *)set->values + option->field;
}

const struct kg_names *kg_option_names(const struct kg_option *option, const void *values)
{
	return (const struct kg_names *)((const char *)values + option->field);
}

const char *kg_option_text(const struct kg_option *option, const void *values)
{
	return *(const char *const *)((const char *)values + option->field);
}

static bool is_list(const struct kg_option *option)
{
	return option->kind == KG_OPTION_METHODS || option->kind == KG_OPTION_COLUMNS ||
	       option->kind == KG_OPTION_REPEAT;
}

static enum kg_status refuse(const struct kg_option *option, const char *value, const char *what,
			     struct kg_error *error)
{
	return kg_error_set(error, KG_EUSAGE, "'%s' is no value for '--%s'; %s", value, option->name, what);
}

static enum kg_status refuse_choice(const struct kg_option *option, const char *value, const char *const *choice,
				    size_t count, struct kg_error *error)
{
	const char *near = kg_text_nearest(value, choice, count);
	char list[512] = "";

	for (size_t i = 0; i < count; i++) {
		if (i)
			strncat(list, ", ", sizeof list - strlen(list) - 1);
		strncat(list, choice[i], sizeof list - strlen(list) - 1);
	}
	if (near)
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' is no value for '--%s'; did you mean '%s'? (choose from: %s)", value,
				    option->name, near, list);
	return kg_error_set(error, KG_EUSAGE, "'%s' is no value for '--%s'; choose from: %s", value, option->name,
			    list);
}

static enum kg_status set_number(const struct kg_option *option, const char *text, void *field, struct kg_error *error)
{
	bool whole = option->kind == KG_OPTION_INTEGER, ranged = option->least != 0 || option->most != 0;
	double value;

	if (kg_number_parse(text, strlen(text), '.', 0, &value) != KG_PARSED || (whole && value != nearbyint(value)))
		return refuse(option, text, whole ? "give a whole number" : "give a number such as 0.95", error);
	if (ranged && (value < option->least || value > option->most))
		return kg_error_set(error, KG_EUSAGE, "'%s' is out of range for '--%s'; give a value from %g to %g",
				    text, option->name, option->least, option->most);
	if (whole)
		*(long *)field = (long)value;
	else
		*(double *)field = value;
	return KG_OK;
}

bool kg_family_next(const char **families, char family[KG_FAMILY_MOST])
{
	size_t length = strcspn(*families, ",");

	if (!length || length >= KG_FAMILY_MOST)
		return false;
	memcpy(family, *families, length);
	family[length] = '\0';
	*families += length + ((*families)[length] == ',');
	return true;
}

/* Drops ids that an earlier family has too. */
static size_t drop_repeated(const char **id, size_t from, size_t count)
{
	size_t kept = from;

	for (size_t i = from; i < count; i++) {
		size_t k = 0;

		while (k < from && strcmp(id[k], id[i]) != 0)
			k++;
		if (k == from)
			id[kept++] = id[i];
	}
	return kept;
}

/* Ids of all families of a method option, each once. */
static size_t list_ids(const struct kg_option_set *set, const struct kg_option *option, const char *id[METHODS_MOST])
{
	const char *families = option->methods_of ? option->methods_of : set->program;
	char family[KG_FAMILY_MOST];
	size_t count = 0;

	while (count < METHODS_MOST && kg_family_next(&families, family)) {
		size_t more = kg_stat_ids(family, id + count, METHODS_MOST - count);

		more = more < METHODS_MOST - count ? count + more : METHODS_MOST;
		count = drop_repeated(id, count, more);
	}
	return count;
}

static enum kg_status check_methods(const struct kg_option_set *set, const struct kg_option *option,
				    const struct kg_names *names, struct kg_error *error)
{
	const char *id[METHODS_MOST];
	size_t count = list_ids(set, option, id), k;

	for (size_t i = 0; i < names->count; i++) {
		for (k = 0; k < count && strcmp(id[k], names->name[i]) != 0; k++)
			;
		if (k == count)
			return refuse_choice(option, names->name[i], id, count, error);
	}
	return KG_OK;
}

static enum kg_status set_list(const struct kg_option_set *set, const struct kg_option *option, const char *text,
			       struct kg_arena *arena, struct kg_error *error)
{
	struct kg_names *names = find_field(set, option);

	if (option->kind == KG_OPTION_REPEAT) {
		const char **longer = KG_ARRAY(arena, const char *, names->count + 1);

		if (!longer)
			return kg_error_memory(error);
		if (names->count)
			memcpy(longer, names->name, names->count * sizeof *longer);
		longer[names->count++] = text;
		names->name = longer;
		return KG_OK;
	}
	names->count = kg_text_split(text, ',', arena, &names->name);
	if (!names->name)
		return *text ? kg_error_memory(error) : refuse(option, text, "name at least one", error);
	for (size_t i = 0; i < names->count; i++)
		if (!*names->name[i])
			return refuse(option, text, "a name is empty; separate names by single commas", error);
	return option->kind == KG_OPTION_METHODS ? check_methods(set, option, names, error) : KG_OK;
}

static enum kg_status set_choice(const struct kg_option *option, const char *text, void *field, struct kg_error *error)
{
	size_t count = 0;

	while (option->choice[count]) {
		if (strcmp(option->choice[count], text) == 0) {
			*(const char **)field = option->choice[count];
			return KG_OK;
		}
		count++;
	}
	return refuse_choice(option, text, option->choice, count, error);
}

static enum kg_status set_value(const struct kg_option_set *set, const struct kg_option *option, const char *text,
				struct kg_arena *arena, struct kg_error *error)
{
	void *field = find_field(set, option);

	switch (option->kind) {
	case KG_OPTION_FLAG:
		*(bool *)field = true;
		return KG_OK;
	case KG_OPTION_INTEGER:
	case KG_OPTION_REAL:
		return set_number(option, text, field, error);
	case KG_OPTION_CHOICE:
		return set_choice(option, text, field, error);
	case KG_OPTION_METHODS:
	case KG_OPTION_COLUMNS:
	case KG_OPTION_REPEAT:
		return set_list(set, option, text, arena, error);
	case KG_OPTION_TEXT:
	case KG_OPTION_COLUMN:
	case KG_OPTION_COLUMN_OR_NUMBER:
	case KG_OPTION_FORMULA:
	case KG_OPTION_TABLE:
	case KG_OPTION_FILE:
		break;
	}
	*(const char **)field = text;
	return KG_OK;
}

static bool one_family(const struct kg_option *option)
{
	return !option->methods_of || !strchr(option->methods_of, ',');
}

enum kg_status kg_options_default(const struct kg_option_set *set, struct kg_arena *arena, struct kg_error *error)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct kg_option *option = &set->option[i];

		if (option->kind == KG_OPTION_METHODS && !option->fallback) {
			const char **id = KG_ARRAY(arena, const char *, METHODS_MOST);
			struct kg_names *names = find_field(set, option);

			if (!id)
				return kg_error_memory(error);
			names->name = id;
			names->count = list_ids(set, option, id) && one_family(option) ? 1 : 0;
		}
		if (option->fallback && set_value(set, option, option->fallback, arena, error) != KG_OK)
			return kg_error_set(error, KG_EBUG, "default of '--%s' is refused by its own row",
					    option->name);
	}
	return KG_OK;
}

/* `--methods` is taken for `--method`: the list invites the plural. */
static bool answers_to(const struct kg_option *option, const char *name, size_t length)
{
	size_t own = strlen(option->name);

	if (option->also && strlen(option->also) == length && strncmp(option->also, name, length) == 0)
		return true;
	if (own == length && strncmp(option->name, name, length) == 0)
		return true;
	return option->kind == KG_OPTION_METHODS && length == own + 1 && name[own] == 's' &&
	       strncmp(option->name, name, own) == 0;
}

static const struct kg_option *find_option(const struct kg_option_set *set, const char *name, size_t length,
					   const struct kg_option_set **owner)
{
	for (; set->option; set++)
		for (size_t i = 0; i < set->count; i++)
			if (answers_to(&set->option[i], name, length)) {
				*owner = set;
				return &set->option[i];
			}
	return NULL;
}

static enum kg_status say_unknown(const struct kg_option_set *set, const char *asked, struct kg_arena *arena,
				  struct kg_error *error)
{
	const char *program = set->program, **name, *near;
	size_t count = 0, total = 0;

	for (size_t s = 0; set[s].option; s++)
		total += set[s].count;
	name = KG_ARRAY(arena, const char *, total);
	if (!name || !asked)
		return kg_error_memory(error);
	for (; set->option; set++)
		for (size_t i = 0; i < set->count; i++)
			name[count++] = set->option[i].name;
	near = kg_text_nearest(asked, name, count);
	if (near)
		return kg_error_set(error, KG_EUSAGE, "'--%s' is not an option of %s; did you mean '--%s'?", asked,
				    program, near);
	return kg_error_set(error, KG_EUSAGE, "'--%s' is not an option of %s; see 'keng %s --help'", asked, program,
			    program);
}

/* One option word at word->name[*at]; moves *at past what it used. */
static enum kg_status read_option(const struct kg_option_set *set, const struct kg_names *word, size_t *at,
				  struct kg_arena *arena, struct kg_error *error)
{
	const char *name = word->name[*at] + 2, *equals = strchr(name, '='), *value = equals ? equals + 1 : NULL;
	size_t length = equals ? (size_t)(equals - name) : strlen(name);
	const struct kg_option_set *owner = NULL;
	const struct kg_option *option = find_option(set, name, length, &owner);

	(*at)++;
	if (!option)
		return say_unknown(set, kg_arena_text_n(arena, name, length), arena, error);
	if (option->kind == KG_OPTION_FLAG && value)
		return kg_error_set(error, KG_EUSAGE, "'--%s' takes no value; leave out '=%s'", option->name, value);
	if (option->kind != KG_OPTION_FLAG && !value) {
		if (*at == word->count || (strncmp(word->name[*at], "--", 2) == 0 && word->name[*at][2]))
			return kg_error_set(error, KG_EUSAGE, "'--%s' needs a value; write '--%s %s'", option->name,
					    option->name, option->argument);
		value = word->name[(*at)++];
	}
	return set_value(owner, option, value, arena, error);
}

enum kg_status kg_options_parse(const struct kg_option_set *set, const struct kg_names *word, struct kg_names *input,
				struct kg_arena *arena, struct kg_error *error)
{
	const char **inputs = KG_ARRAY(arena, const char *, word->count);
	bool ended = false;

	if (!inputs)
		return kg_error_memory(error);
	*input = (struct kg_names){ inputs, 0 };
	for (size_t at = 0; at < word->count;) {
		const char *here = word->name[at];

		if (!ended && strcmp(here, "--") == 0) {
			ended = true;
			at++;
		} else if (!ended && strncmp(here, "--", 2) == 0) {
			KG_TRY(read_option(set, word, &at, arena, error));
		} else if (!ended && here[0] == '-' && here[1]) {
			return kg_error_set(
			    error, KG_EUSAGE,
			    "'%s' is not an option; options start with two dashes, see 'keng %s --help'", here,
			    set->program);
		} else {
			inputs[input->count++] = here;
			at++;
		}
	}
	return KG_OK;
}

enum kg_status kg_options_require(const struct kg_option_set *set, struct kg_error *error)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct kg_option *option = &set->option[i];

		if (!option->required)
			continue;
		if (is_list(option) ? !kg_option_names(option, set->values)->count
				    : !kg_option_text(option, set->values))
			return kg_error_set(error, KG_EUSAGE, "%s needs '--%s %s': %s", set->program, option->name,
					    option->argument, option->help);
	}
	return KG_OK;
}

static void list_methods(const struct kg_option_set *set, const struct kg_option *option, struct kg_buffer *out)
{
	const char *id[METHODS_MOST];
	size_t count = list_ids(set, option, id);

	kg_buffer_add(out, ": ");
	for (size_t i = 0; i < count && i < METHODS_MOST; i++)
		kg_buffer_printf(out, "%s%s", i ? " " : "", id[i]);
	if (count && !option->fallback && one_family(option))
		kg_buffer_printf(out, " (default %s)", id[0]);
}

static bool has_option(const struct kg_option_set *set, const char *name)
{
	for (size_t i = 0; set && i < set->count; i++)
		if (strcmp(set->option[i].name, name) == 0)
			return true;
	return false;
}

void kg_options_help(const struct kg_option_set *set, const struct kg_option_set *own, struct kg_buffer *out)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct kg_option *option = &set->option[i];
		size_t start = out->length, used;

		if (has_option(own, option->name))
			continue;

		kg_buffer_printf(out, "  --%s%s%s", option->name, option->argument ? " " : "",
				 option->argument ? option->argument : "");
		used = out->length - start;
		if (used + 2 > HELP_COLUMN) {
			kg_buffer_add(out, "\n");
			used = 0;
		}
		kg_buffer_repeat(out, " ", HELP_COLUMN - used);
		kg_buffer_printf(out, "%s%s", option->required ? "(required) " : "", option->help);
		if (option->kind == KG_OPTION_METHODS)
			list_methods(set, option, out);
		for (size_t k = 0; option->kind == KG_OPTION_CHOICE && option->choice[k]; k++)
			kg_buffer_printf(out, "%s%s", k ? " " : ": ", option->choice[k]);
		if (option->fallback)
			kg_buffer_printf(out, " (default %s)", option->fallback);
		kg_buffer_add(out, "\n");
	}
}
