#include "notebook/engine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "command/named.h"
#include "notebook/claim.h"
#include "notebook/engine_show.h"
#include "notebook/template.h"
#include "notebook/value.h"
#include "plots/gnuplot.h"

/* The name under which `plot` finds the result above it. */
#define PREVIOUS "(the result above)"

/* What names stand for while one block runs. */
struct naming {
	const struct kg_engine *engine;
	size_t block;
	const struct kg_table *previous;
	bool dry; /* nothing has run: blocks above have no tables yet */
};

enum kg_status kg_engine_new(const struct kg_book *book, const struct kg_stamp *stamp, struct kg_arena *arena,
			     struct kg_engine *engine, struct kg_error *error)
{
	*engine = (struct kg_engine){ .book = book,
				      .stamp = stamp,
				      .arena = arena,
				      .outcome = KG_ARRAY(arena, struct kg_outcome, book->nblock + 1) };
	return engine->outcome ? KG_OK : kg_error_memory(error);
}

enum kg_status kg_engine_end(struct kg_engine *engine, struct kg_error *error)
{
	struct kg_gnuplot *gnuplot = engine->gnuplot;

	kg_scratch_remove(&engine->files);
	engine->gnuplot = NULL;
	return gnuplot && !engine->lent ? kg_gnuplot_close(gnuplot, error) : KG_OK;
}

struct kg_style kg_engine_style(const struct kg_book *book)
{
	int digits = atoi(kg_front_text(&book->front, "digits", "4"));
	const char *language = kg_front_text(&book->front, "lang", "en");

	return (struct kg_style){ .digits = digits >= 1 && digits <= 15 ? digits : 4,
				  .language = kg_language_find(language) };
}

/* Puts file and line of the notebook before an error that a command raised. */
static enum kg_status place_error(const struct kg_engine *engine, size_t line, struct kg_error *error)
{
	enum kg_status status = error->status == KG_EUSAGE ? KG_EDATA : error->status;
	char text[sizeof error->what];

	kg_error_text(error, text, sizeof text);
	return kg_error_cell(error, status, engine->book->path, line, NULL, "%s", text);
}

static enum kg_status find_name(void *context, const char *name, const struct kg_table **table, const char **path,
				struct kg_error *error)
{
	const struct naming *naming = context;
	const struct kg_book *book = naming->engine->book;
	const struct kg_front_entry *entry = kg_front_find(&book->front, "data", name);
	size_t block = kg_book_find(book, name, strlen(name));

	*table = NULL;
	*path = NULL;
	if (strcmp(name, PREVIOUS) == 0)
		*table = naming->previous;
	else if (entry)
		*path = kg_file_join(book->folder, entry->value, naming->engine->arena);
	else if (block < naming->block)
		*table = naming->engine->outcome[block].table;
	if (entry && !*path)
		return kg_error_memory(error);
	if (block < naming->block && !entry && !*table)
		return kg_error_set(error, KG_EDATA, "the block '#%s' has no table", name);
	return KG_OK;
}

/* The same where nothing runs: only whether the name is known. */
static enum kg_status check_name(const struct naming *naming, const char *name, struct kg_error *error)
{
	const struct kg_book *book = naming->engine->book;

	if (strcmp(name, PREVIOUS) == 0 || kg_front_find(&book->front, "data", name) ||
	    kg_book_find(book, name, strlen(name)) < naming->block)
		return KG_OK;
	return kg_error_set(error, KG_EDATA,
			    "'%s' is neither declared under data: nor the id of a block above; declare it in the front "
			    "matter",
			    name);
}

static enum kg_status fill_slot(const struct naming *naming, const struct kg_template_slot *slot,
				struct kg_template_fill *fill, struct kg_error *error)
{
	const struct kg_book *book = naming->engine->book;
	struct kg_style style = kg_engine_style(book);
	const struct kg_table *table;
	struct kg_value value;

	fill->shown = fill->machine = "1";
	if (slot->parameter) {
		fill->shown = fill->machine = kg_front_find(&book->front, "params", slot->parameter)->value;
		return KG_OK;
	}
	if (naming->dry)
		return KG_OK;
	KG_TRY(kg_value_parse(slot->asked, naming->engine->arena, &value, error));
	table = naming->engine->outcome[kg_book_find(book, value.block, strlen(value.block))].table;
	if (!table)
		return kg_error_set(error, KG_EDATA, "the block '#%s' has no table", value.block);
	KG_TRY(kg_value_text(&value, table, &style, naming->engine->arena, &fill->shown, error));
	return kg_value_machine(&value, table, naming->engine->arena, &fill->machine, error);
}

static bool gives_option(const struct kg_names *word, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < word->count; i++)
		if (strncmp(word->name[i], name, length) == 0 &&
		    (!word->name[i][length] || word->name[i][length] == '='))
			return true;
	return false;
}

/* Adds what the front matter says for all commands. `word` has room for it. */
static void add_defaults(const struct kg_book *book, struct kg_names *word)
{
	static const char *const option[][2] = { { "lang", "--lang" }, { "digits", "--digits" } };
	const char **name = (const char **)word->name;

	for (size_t k = 0; k < 2; k++) {
		const char *value = kg_front_text(&book->front, option[k][0], NULL);

		if (!value || gives_option(word, option[k][1]))
			continue;
		name[word->count++] = option[k][1];
		name[word->count++] = value;
	}
}

/* A line of a block as a command, with its slots filled. `*text`: the line as it was run. */
static enum kg_status read_command(const struct naming *naming, const char *line, struct kg_command *command,
				   const char **text, struct kg_error *error)
{
	struct kg_arena *arena = naming->engine->arena;
	struct kg_template_slot *slot;
	struct kg_template_fill *fill;
	struct kg_names word;
	size_t count;

	KG_TRY(kg_template_slots(line, arena, &slot, &count, error));
	fill = KG_ARRAY(arena, struct kg_template_fill, count + 1);
	if (!fill)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++)
		KG_TRY(fill_slot(naming, &slot[i], &fill[i], error));
	*text = kg_template_show(line, fill, arena);
	if (!*text)
		return kg_error_memory(error);
	KG_TRY(kg_template_words(line, fill, arena, &word, error));
	if (word.count && strcmp(word.name[0], "keng") == 0)
		return kg_error_set(error, KG_EDATA, "commands in a notebook are written without 'keng'; leave it out");
	add_defaults(naming->engine->book, &word);
	KG_TRY(kg_command_parse(&word, arena, command, error));
	return kg_show_check(command, error);
}

/* A command without an input takes the result above it. */
static enum kg_status choose_input(const struct naming *naming, struct kg_command *command, struct kg_error *error)
{
	static const char *const previous[] = { PREVIOUS };

	if (command->ninput)
		return KG_OK;
	if (!naming->previous && !naming->dry)
		return kg_error_set(error, KG_EDATA,
				    "there is no result above it in this block; name data or a block as its input");
	command->input = previous;
	command->ninput = 1;
	return KG_OK;
}

static enum kg_status run_command(struct kg_showing *showing, struct naming *naming, size_t index,
				  struct kg_error *error)
{
	const char *line = showing->engine->book->block[showing->block].command[index].text;
	struct kg_names_space space = { find_name, naming, true };
	struct kg_session session = { .space = &space };
	struct kg_command command;
	struct kg_result *result;

	KG_TRY(read_command(naming, line, &command, &showing->text, error));
	KG_TRY(choose_input(naming, &command, error));
	KG_TRY(kg_command_run(&command, &session, showing->engine->arena, &result, error));
	showing->outcome->rows[index] = (struct kg_outcome_rows){ result->rows_read, result->rows_used };
	if (!command.program)
		return kg_show_plot(showing, &command, result, error);
	naming->previous = result->table;
	return kg_show_result(showing, &command, result, error);
}

static enum kg_status run_block(struct kg_engine *engine, size_t index, bool draw, struct kg_error *error)
{
	const struct kg_book_block *block = &engine->book->block[index];
	struct kg_outcome *outcome = &engine->outcome[index];
	struct kg_showing showing = { .engine = engine,
				      .block = index,
				      .draw = draw,
				      .content = kg_buffer_new(engine->arena),
				      .outcome = outcome };
	struct naming naming = { .engine = engine, .block = index };

	*outcome = (struct kg_outcome){ .rows = KG_ARRAY(engine->arena, struct kg_outcome_rows, block->ncommand + 1) };
	if (!outcome->rows)
		return kg_error_memory(error);
	if (block->claim)
		KG_TRY(kg_claim_run(engine, index, outcome, error));
	for (size_t i = 0; i < block->ncommand && !block->claim; i++)
		if (run_command(&showing, &naming, i, error) != KG_OK)
			return place_error(engine, block->command[i].line, error);
	KG_TRY(kg_buffer_check(&showing.content, error));
	if (!block->claim)
		outcome->content = showing.content.text;
	outcome->done = true;
	outcome->drawn = draw;
	return KG_OK;
}

enum kg_status kg_engine_block(struct kg_engine *engine, size_t block, bool draw, struct kg_error *error)
{
	const struct kg_stamp *stamp = &engine->stamp[block];

	if (engine->outcome[block].done && (engine->outcome[block].drawn || !draw))
		return KG_OK;
	for (size_t i = 0; i < stamp->nupstream; i++)
		KG_TRY(kg_engine_block(engine, stamp->upstream[i], false, error));
	return run_block(engine, block, draw, error);
}

static enum kg_status check_command(struct naming *naming, const char *line, struct kg_error *error)
{
	struct kg_command command;
	const char *text, **spec;
	bool is_table;
	size_t at = 0;

	KG_TRY(read_command(naming, line, &command, &text, error));
	KG_TRY(choose_input(naming, &command, error));
	for (size_t i = 0; i < command.ninput; i++)
		KG_TRY(check_name(naming, command.input[i], error));
	while ((spec = kg_named_next(&command, &at, &is_table)))
		KG_TRY(check_name(naming, *spec, error));
	return KG_OK;
}

enum kg_status kg_engine_check(struct kg_engine *engine, size_t index, struct kg_error *error)
{
	const struct kg_book_block *block = &engine->book->block[index];
	struct naming naming = { .engine = engine, .block = index, .dry = true };

	for (size_t i = 0; i < block->ncommand && !block->claim; i++)
		if (check_command(&naming, block->command[i].text, error) != KG_OK)
			return place_error(engine, block->command[i].line, error);
	return KG_OK;
}

enum kg_status kg_engine_value(const struct kg_engine *engine, const struct kg_book_value *asked, const char **text,
			       struct kg_error *error)
{
	const struct kg_book *book = engine->book;
	struct kg_style style = kg_engine_style(book);
	const struct kg_table *table;
	struct kg_value value;
	enum kg_status status = kg_value_parse(asked->asked, engine->arena, &value, error);

	if (status == KG_OK && strcmp(value.block, "params") == 0) {
		*text = kg_front_find(&book->front, "params", value.column)->value;
		return KG_OK;
	}
	if (status == KG_OK) {
		table = engine->outcome[kg_book_find(book, value.block, strlen(value.block))].table;
		status = table ? kg_value_text(&value, table, &style, engine->arena, text, error)
			       : kg_error_set(error, KG_EDATA, "the block '#%s' has no table", value.block);
	}
	if (status == KG_OK)
		return KG_OK;
	*error->file = '\0'; /* the table's; the column is of a result */
	return place_error(engine, asked->line, error);
}
