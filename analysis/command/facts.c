#include "command/facts.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_version.h>

#include "base/file.h"
#include "command/common.h"
#include "command/named.h"
#include "command/plot.h"
#include "stats/stat.h"
#include "table/csv.h"
#include "table/query.h"

struct gathering {
	const struct kg_command *command;
	const struct kg_session *session;
	struct kg_arena *arena;
	struct kg_fact *option;
	size_t noption;
	struct kg_fact_input *input;
	size_t ninput;
};

bool kg_facts_wanted(const struct kg_command *command)
{
	const char *format = command->common.format, *output = command->common.output;
	const char *dot = output ? strrchr(output, '.') : NULL;

	return format ? strcmp(format, "json") == 0 : dot && strcmp(dot, ".json") == 0;
}

static enum kg_status digest_file(const char *path, struct kg_arena *arena, const char **hex, struct kg_error *error)
{
	struct kg_arena_mark mark = kg_arena_mark(arena);
	uint8_t digest[SHA256_DIGEST_SIZE];
	char text[2 * SHA256_DIGEST_SIZE + 1], *bytes;
	struct sha256_ctx state;
	size_t length;

	KG_TRY(kg_file_read(path, arena, &bytes, &length, error));
	sha256_init(&state);
	sha256_update(&state, length, (const uint8_t *)bytes);
	sha256_digest(&state, sizeof digest, digest);
	kg_arena_rewind(arena, mark);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	*hex = kg_arena_text(arena, text);
	return *hex ? KG_OK : kg_error_memory(error);
}

/* `rows` is known for what was read as a table. */
static enum kg_status add_input(struct gathering *at, const char *spec, size_t rows, struct kg_error *error)
{
	const struct kg_names_space *space = at->session->space;
	struct kg_fact_input *input = &at->input[at->ninput++];
	const struct kg_table *table = NULL;
	const char *path = NULL;
	struct kg_source source;

	*input = (struct kg_fact_input){ .name = spec, .rows = rows };
	if (space)
		KG_TRY(space->find(space->context, spec, &table, &path, error));
	if (table) {
		input->name = table->name;
		return KG_OK;
	}
	input->file = spec;
	if (strcmp(spec, "-") == 0)
		return KG_OK;
	KG_TRY(kg_source_open(path ? path : spec, at->arena, &source, error));
	if (!path)
		input->name = source.name;
	return digest_file(source.path, at->arena, &input->sha256, error);
}

static const char *join_names(const struct kg_names *names, const char *between, struct kg_arena *arena)
{
	struct kg_buffer out = kg_buffer_new(arena);

	for (size_t i = 0; i < names->count; i++)
		kg_buffer_printf(&out, "%s%s", i ? between : "", names->name[i]);
	return out.text;
}

/* The value of a field as text; NULL or "" when it has none. */
static const char *print_value(const struct kg_option *option, const void *values, struct kg_arena *arena, bool *number)
{
	const void *field = (const char *)values + option->field;
	struct kg_buffer out = kg_buffer_new(arena);

	*number = option->kind == KG_OPTION_FLAG || option->kind == KG_OPTION_INTEGER || option->kind == KG_OPTION_REAL;
	switch (option->kind) {
	case KG_OPTION_FLAG:
		return *(const bool *)field ? "true" : NULL;
	case KG_OPTION_INTEGER:
		return option->fallback || *(const long *)field ? kg_arena_format(arena, "%ld", *(const long *)field)
								: NULL;
	case KG_OPTION_REAL:
		if (option->fallback || *(const double *)field != 0)
			kg_number_exact(&out, *(const double *)field);
		return out.text;
	case KG_OPTION_METHODS:
	case KG_OPTION_COLUMNS:
		return join_names(field, ",", arena);
	case KG_OPTION_REPEAT:
		return join_names(field, "; ", arena);
	default:
		return *(const char *const *)field;
	}
}

/* Options that change how a result is shown, or how fast it comes, but not the result. */
static bool is_display(const char *name)
{
	static const char *const names[] = { "format", "digits",  "lang",	 "output",     "plot",
					     "quiet",  "threads", "no-progress", "with-script" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void add_options(struct gathering *at, const struct kg_option_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		struct kg_fact *fact = &at->option[at->noption];

		fact->name = set->option[i].name;
		fact->text = print_value(&set->option[i], set->values, at->arena, &fact->number);
		at->noption += fact->text && *fact->text && !is_display(fact->name);
	}
}

static enum kg_status gather_inputs(struct gathering *at, const struct kg_inputs *inputs, struct kg_error *error)
{
	const char **spec;
	size_t row = 0;
	bool is_table;

	for (size_t i = 0; i < at->command->ninput; i++)
		KG_TRY(add_input(at, at->command->input[i], inputs->rows[i], error));
	while ((spec = kg_named_next(at->command, &row, &is_table)))
		if (is_table)
			KG_TRY(
			    add_input(at, *spec, ((const struct kg_further *)(const void *)spec)->table->nrow, error));
	return KG_OK;
}

static const struct kg_fact *list_libraries(struct kg_arena *arena, size_t *count)
{
	const struct kg_fact made[] = { { "GSL", gsl_version, false },
					{ "R mathlib", kg_stat_library(), false },
					{ "SQLite", kg_query_library(), false },
					{ "libcsv", kg_csv_library(), false } };
	struct kg_fact *library = KG_ARRAY(arena, struct kg_fact, sizeof made / sizeof made[0]);

	*count = sizeof made / sizeof made[0];
	return library ? memcpy(library, made, sizeof made) : NULL;
}

enum kg_status kg_facts_gather(const struct kg_command *command, const struct kg_session *session,
			       const struct kg_inputs *inputs, struct kg_arena *arena, const struct kg_facts **facts,
			       struct kg_error *error)
{
	struct kg_common common = command->common;
	struct kg_option_set all = kg_common_options(&common, command->program ? command->program->name : "plot");
	struct kg_option_set own = kg_plot_option_set(command->options);
	struct gathering at = { .command = command, .session = session, .arena = arena };
	struct kg_facts *made = KG_NEW(arena, struct kg_facts);

	if (command->program)
		own = (struct kg_option_set){ command->program->name, command->program->option,
					      command->program->noption, command->options };
	at.option = KG_ARRAY(arena, struct kg_fact, own.count + all.count + 1);
	at.input = KG_ARRAY(arena, struct kg_fact_input, command->ninput + own.count + 1);
	if (!made || !at.option || !at.input)
		return kg_error_memory(error);
	add_options(&at, &own);
	add_options(&at, &all);
	KG_TRY(gather_inputs(&at, inputs, error));
	made->command = command->program ? command->program->name : "plot";
	made->option = at.option;
	made->noption = at.noption;
	made->library = list_libraries(arena, &made->nlibrary);
	made->input = at.input;
	made->ninput = at.ninput;
	for (size_t i = 0; i < command->ninput; i++)
		made->rows_read += inputs->rows[i];
	for (size_t i = 0; i < inputs->count; i++)
		made->rows_used += inputs->table[i]->nrow;
	made->reshaped = common.sql || common.aggregate;
	made->language = kg_language_find(common.lang);
	*facts = made;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}
