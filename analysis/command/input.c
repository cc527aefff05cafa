#include "command/input.h"

#include <string.h>

#include "base/text.h"
#include "command/option.h"
#include "command/plot.h"
#include "table/fold.h"
#include "table/formula.h"
#include "table/missing.h"
#include "table/query.h"

struct reading {
	const struct kg_command *command;
	const struct kg_session *session;
	struct kg_arena *arena;
	struct kg_dialect dialect;
};

/* Growing list of column names that the command needs. */
struct needed {
	const char **name;
	size_t count, room;
};

static bool add_needed(struct needed *needed, const char *name, struct kg_arena *arena)
{
	if (needed->count == needed->room) {
		size_t room = needed->room ? needed->room * 2 : 16;
		const char **larger =
		    kg_arena_grow(arena, needed->name, needed->count * sizeof *larger, room * sizeof *larger);

		if (!larger)
			return false;
		needed->name = larger;
		needed->room = room;
	}
	needed->name[needed->count++] = name;
	return true;
}

static enum kg_status add_list(struct needed *needed, const struct kg_names *names, struct kg_arena *arena,
			       struct kg_error *error)
{
	for (size_t i = 0; i < names->count; i++)
		if (!add_needed(needed, names->name[i], arena))
			return kg_error_memory(error);
	return KG_OK;
}

static bool is_number(const char *text)
{
	double value;

	return kg_number_parse(text, strlen(text), '.', 0, &value) == KG_PARSED;
}

static enum kg_status add_option(struct needed *needed, const struct kg_option *option, const void *values,
				 struct kg_arena *arena, struct kg_error *error)
{
	struct kg_names names = { 0 };

	if (option->kind == KG_OPTION_COLUMNS) {
		names = *kg_option_names(option, values);
	} else if (option->kind == KG_OPTION_COLUMN || option->kind == KG_OPTION_COLUMN_OR_NUMBER ||
		   option->kind == KG_OPTION_FORMULA) {
		const char *text = kg_option_text(option, values);

		if (!text || (option->kind == KG_OPTION_COLUMN_OR_NUMBER && is_number(text)))
			return KG_OK;
		if (option->kind == KG_OPTION_FORMULA)
			KG_TRY(kg_formula_columns(text, arena, &names.name, &names.count, error));
		else if (!add_needed(needed, text, arena))
			return kg_error_memory(error);
	}
	return add_list(needed, &names, arena, error);
}

/* Columns that options of one role name (KG_ROLE_NONE: of every role). */
static enum kg_status gather(const struct kg_command *command, enum kg_option_role role, struct needed *needed,
			     struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_program *program = command->program;
	struct kg_option_set set =
	    program ? (struct kg_option_set){ program->name, program->option, program->noption, command->options }
		    : kg_plot_option_set(command->options);

	if (role != KG_ROLE_VALUE)
		KG_TRY(add_list(needed, &command->common.by, arena, error));
	for (size_t i = 0; i < set.count; i++)
		if (role == KG_ROLE_NONE || set.option[i].role == role)
			KG_TRY(add_option(needed, &set.option[i], set.values, arena, error));
	return KG_OK;
}

enum kg_status kg_input_columns(const struct kg_command *command, struct kg_arena *arena, struct kg_names *column,
				struct kg_error *error)
{
	struct needed needed = { 0 };

	KG_TRY(gather(command, KG_ROLE_NONE, &needed, arena, error));
	*column = (struct kg_names){ needed.name, needed.count };
	return KG_OK;
}

static enum kg_status make_fold(const struct kg_command *command, struct kg_arena *arena, struct kg_fold *fold,
				struct kg_error *error)
{
	static const char *const how[] = { "sum", "mean", "min", "max" };
	struct needed key = { 0 }, value = { 0 };

	memset(fold, 0, sizeof *fold);
	if (!command->common.aggregate)
		return KG_OK;
	KG_TRY(gather(command, KG_ROLE_KEY, &key, arena, error));
	KG_TRY(gather(command, KG_ROLE_VALUE, &value, arena, error));
	if (!value.count && !command->program)
		return kg_error_set(error, KG_EUSAGE, "'--aggregate' folds what --y names; name the column with --y");
	if (!value.count)
		return kg_error_set(error, KG_EUSAGE, "'--aggregate' has nothing to fold in %s; leave it out",
				    command->program->name);
	for (size_t i = 0; i < sizeof how / sizeof how[0]; i++)
		if (strcmp(how[i], command->common.aggregate) == 0)
			fold->how = (enum kg_fold_how)(KG_FOLD_SUM + i);
	fold->key = key.name;
	fold->nkey = key.count;
	fold->value = value.name;
	fold->nvalue = value.count;
	return KG_OK;
}

static enum kg_status make_dialect(struct reading *reading, struct kg_error *error)
{
	const struct kg_common *common = &reading->command->common;

	if (common->delimiter)
		reading->dialect.delimiter = strcmp(common->delimiter, "\\t") == 0 ? '\t' : *common->delimiter;
	if (common->decimal)
		reading->dialect.decimal = *common->decimal;
	if (common->group)
		reading->dialect.group = *common->group;
	reading->dialect.from_one = common->small_from == 1;
	return common->missing
		   ? kg_missing_parse(common->missing, reading->arena, &reading->dialect.missing, error)
		   : KG_OK;
}

static const char *name_let(const char *let, struct kg_arena *arena, const char **expression)
{
	const char *equals = strchr(let, '=');
	size_t length = (size_t)(equals - let);

	*expression = equals + 1;
	while (length && let[length - 1] == ' ')
		length--;
	return kg_arena_text_n(arena, let, length);
}

static enum kg_status make_lets(const struct kg_common *common, struct kg_arena *arena, const struct kg_let **let,
				struct kg_error *error)
{
	struct kg_let *made = KG_ARRAY(arena, struct kg_let, common->let.count + 1);

	if (!made)
		return kg_error_memory(error);
	for (size_t i = 0; i < common->let.count; i++) {
		made[i].name = name_let(common->let.name[i], arena, &made[i].expression);
		if (!made[i].name)
			return kg_error_memory(error);
	}
	*let = made;
	return KG_OK;
}

/* A table without rows that knows only its column names: for messages about unknown ones. */
static enum kg_status check_names(const struct kg_source *source, const char *const *header, size_t count,
				  const struct needed *needed, const struct reading *reading, struct kg_error *error)
{
	const struct kg_names *let = &reading->command->common.let;
	struct kg_column *column = KG_ARRAY(reading->arena, struct kg_column, count + let->count);
	struct kg_provenance from = { .file = source->spec };
	struct kg_table table = { source->name, 0, count + let->count, column, &from, NULL };
	const struct kg_column *found;
	const char *expression;

	if (!column)
		return kg_error_memory(error);
	for (size_t j = 0; j < count; j++)
		column[j].name = header[j];
	for (size_t j = 0; j < let->count; j++) {
		column[count + j].name = name_let(let->name[j], reading->arena, &expression);
		if (!column[count + j].name)
			return kg_error_memory(error);
	}
	for (size_t i = 0; i < needed->count; i++)
		KG_TRY(kg_table_column(&table, needed->name[i], &found, error));
	return KG_OK;
}

static bool is_needed(const struct needed *needed, const char *name)
{
	for (size_t i = 0; i < needed->count; i++)
		if (strcmp(needed->name[i], name) == 0)
			return true;
	return false;
}

/* Chooses the columns to read from one source. `read->column` stays NULL when all are needed. */
static enum kg_status choose_columns(struct reading *reading, struct kg_source *source, struct kg_read *read,
				     struct kg_error *error)
{
	const struct kg_command *command = reading->command;
	const struct kg_common *common = &command->common;
	struct needed needed = { 0 };
	const char *const *header, **chosen, **sql;
	size_t count, nsql = 0;
	bool *used;

	KG_TRY(kg_source_header(source, &reading->dialect, reading->arena, &header, &count, error));
	KG_TRY(gather(command, KG_ROLE_NONE, &needed, reading->arena, error));
	if (!common->sql)
		KG_TRY(check_names(source, header, count, &needed, reading, error));
	if (!common->sql && (!command->program || command->program->all_columns || !needed.count))
		return KG_OK;
	chosen = KG_ARRAY(reading->arena, const char *, count);
	sql = KG_ARRAY(reading->arena, const char *, common->let.count + 2);
	used = KG_ARRAY(reading->arena, bool, count);
	if (!chosen || !sql || !used)
		return kg_error_memory(error);
	for (size_t i = 0; i < common->let.count; i++)
		sql[nsql++] = strchr(common->let.name[i], '=') + 1;
	if (common->where)
		sql[nsql++] = common->where;
	if (common->sql)
		sql[nsql++] = common->sql;
	kg_query_columns(sql, nsql, header, count, used);
	for (size_t j = 0; j < count; j++)
		if (used[j] || (!common->sql && is_needed(&needed, header[j])))
			chosen[read->ncolumn++] = header[j];
	if (read->ncolumn)
		read->column = chosen;
	return KG_OK;
}

/* Finds what a name stands for and opens it; `*table` is set when it is a table already. */
static enum kg_status open_input(struct reading *reading, const char *spec, struct kg_source *source,
				 const struct kg_table **table, struct kg_error *error)
{
	const struct kg_names_space *space = reading->session->space;
	const char *path = NULL;

	*table = NULL;
	if (space) {
		KG_TRY(space->find(space->context, spec, table, &path, error));
		if (*table)
			return KG_OK;
		if (!path && space->closed)
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' is neither declared under data: nor the id of a block above; declare "
					    "it in the front matter",
					    spec);
	}
	KG_TRY(kg_source_open(path ? path : spec, reading->arena, source, error));
	if (path)
		source->name = spec;
	return KG_OK;
}

/* Programs that want raw cells also want to hear what is wrong with a file: an empty table carries it to them. */
static enum kg_status carry_fault(const struct reading *reading, const struct kg_source *source,
				  const struct kg_table **table, const struct kg_error *error)
{
	struct kg_table *made = KG_NEW(reading->arena, struct kg_table);
	struct kg_provenance *from = KG_NEW(reading->arena, struct kg_provenance);
	struct kg_error *unread = KG_NEW(reading->arena, struct kg_error);

	if (!made || !from || !unread)
		return KG_ENOMEM;
	*unread = *error;
	*from = source->schema ? source->schema->provenance : kg_provenance_none;
	from->file = source->spec;
	from->unread = unread;
	*made = (struct kg_table){ .name = source->name, .from = from };
	*table = made;
	return KG_OK;
}

static enum kg_status read_input(struct reading *reading, const char *spec, const struct kg_fold *fold,
				 const struct kg_table **table, struct kg_error *error)
{
	struct kg_read read = { .dialect = &reading->dialect,
				.fold = fold->how == KG_FOLD_NONE ? NULL : fold,
				.threads = (size_t)reading->command->common.threads,
				.progress = reading->session->progress,
				.watcher = reading->session->watcher };
	struct kg_source source;
	enum kg_status status;

	read.lenient = read.as_text = reading->command->program && reading->command->program->raw;
	KG_TRY(open_input(reading, spec, &source, table, error));
	if (*table)
		return fold->how == KG_FOLD_NONE ? KG_OK : kg_fold_table(*table, fold, reading->arena, table, error);
	status = choose_columns(reading, &source, &read, error);
	if (status == KG_OK)
		status = kg_source_read(&source, &read, reading->arena, table, error);
	return status == KG_EDATA && read.as_text ? carry_fault(reading, &source, table, error) : status;
}

static enum kg_status read_further(struct reading *reading, struct kg_error *error)
{
	const struct kg_program *program = reading->command->program;

	for (size_t i = 0; program && i < program->noption; i++) {
		struct kg_further *further;
		struct kg_read read = { .dialect = &reading->dialect };
		struct kg_source source;

		if (program->option[i].kind != KG_OPTION_TABLE)
			continue;
		further = (struct kg_further *)((char *)reading->command->options + program->option[i].field);
		if (!further->spec)
			continue;
		KG_TRY(open_input(reading, further->spec, &source, &further->table, error));
		if (!further->table)
			KG_TRY(kg_source_read(&source, &read, reading->arena, &further->table, error));
	}
	return KG_OK;
}

/* Applies --sql, --where and --let, then what folding the reader could not do. */
static enum kg_status refine(struct reading *reading, const struct kg_table **table, size_t *count,
			     const struct kg_fold *fold, struct kg_error *error)
{
	const struct kg_common *common = &reading->command->common;
	struct kg_filter filter = { .where = common->where, .nlet = common->let.count };

	if (common->sql) {
		KG_TRY(kg_query_run(table, *count, common->sql, reading->arena, &table[0], error));
		*count = 1;
	}
	KG_TRY(make_lets(common, reading->arena, &filter.let, error));
	for (size_t i = 0; i < *count; i++) {
		if (common->where || common->let.count)
			KG_TRY(kg_query_filter(table[i], &filter, reading->arena, &table[i], error));
		if (fold->how != KG_FOLD_NONE)
			KG_TRY(kg_fold_table(table[i], fold, reading->arena, &table[i], error));
	}
	return KG_OK;
}

static enum kg_status check_count(const struct kg_command *command, struct kg_error *error)
{
	const char *name = command->program ? command->program->name : "plot";
	size_t most = command->program && command->program->inputs_most ? command->program->inputs_most : 1;

	if (!command->ninput)
		return kg_error_set(error, KG_EUSAGE, "%s has no input; name a CSV file, or - for standard input",
				    name);
	if (command->ninput > most && !command->common.sql)
		return kg_error_set(error, KG_EUSAGE,
				    "%s takes one input, not %zu ('%s' is the second); join them with --sql", name,
				    command->ninput, command->input[1]);
	return KG_OK;
}

enum kg_status kg_input_read(const struct kg_command *command, const struct kg_session *session, struct kg_arena *arena,
			     struct kg_inputs *inputs, struct kg_error *error)
{
	struct reading reading = { command, session, arena, { 0 } };
	const struct kg_common *common = &command->common;
	const struct kg_table **read, **source;
	size_t *rows;
	struct kg_fold fold, none = { 0 };
	bool later = common->sql || common->where || common->let.count;

	KG_TRY(check_count(command, error));
	KG_TRY(make_dialect(&reading, error));
	KG_TRY(make_fold(command, arena, &fold, error));
	read = KG_ARRAY(arena, const struct kg_table *, command->ninput);
	source = KG_ARRAY(arena, const struct kg_table *, command->ninput);
	rows = KG_ARRAY(arena, size_t, command->ninput);
	if (!read || !source || !rows)
		return kg_error_memory(error);
	*inputs = (struct kg_inputs){ read, command->ninput, source, rows };
	for (size_t i = 0; i < command->ninput; i++) {
		KG_TRY(read_input(&reading, command->input[i], later ? &none : &fold, &read[i], error));
		source[i] = read[i];
		rows[i] = read[i]->from->folded_rows ? read[i]->from->folded_rows : read[i]->nrow;
	}
	KG_TRY(read_further(&reading, error));
	return refine(&reading, read, &inputs->count, later ? &fold : &none, error);
}
