#include "notebook/stamp.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "notebook/claim.h"
#include "notebook/template.h"
#include "notebook/value.h"
#include "table/source.h"

/* Digests of one declared input and of the descriptor beside it; "" where there is none. */
struct input_hash {
	char data[KG_DIGEST_SIZE], schema[KG_DIGEST_SIZE];
};

struct stamping {
	const struct kg_book *book;
	struct kg_arena *arena;
	struct kg_error *error;
	struct input_hash *input; /* by entry of the front matter */
	struct kg_stamp *stamp;
	struct kg_stamp_part *part; /* of the block that is being stamped */
	size_t npart, room;
	size_t *upstream, nupstream;
};

static enum kg_status add_part(struct stamping *at, struct kg_stamp_part part)
{
	for (size_t i = 0; i < at->npart; i++)
		if (strcmp(at->part[i].kind, part.kind) == 0 && strcmp(at->part[i].name, part.name) == 0)
			return KG_OK;
	if (at->npart == at->room) {
		size_t room = at->room ? at->room * 2 : 8;

		at->part = kg_arena_grow(at->arena, at->part, at->npart * sizeof part, room * sizeof part);
		if (!at->part)
			return kg_error_memory(at->error);
		at->room = room;
	}
	at->part[at->npart++] = part;
	return KG_OK;
}

static void hash_file(const char *path, char hash[KG_DIGEST_SIZE])
{
	struct kg_digest digest = kg_digest_new();
	struct kg_error ignored;

	snprintf(hash, KG_DIGEST_SIZE, "missing");
	if (path && kg_digest_file(&digest, path, &ignored) == KG_OK)
		kg_digest_end(&digest, hash);
}

static enum kg_status hash_input(struct stamping *at, const struct kg_front_entry *entry, struct input_hash *hash)
{
	struct kg_source source;
	struct kg_error ignored;
	char *spec = kg_file_join(at->book->folder, entry->value, at->arena), *folder;

	if (!spec)
		return kg_error_memory(at->error);
	if (strstr(entry->value, "://"))
		return kg_book_refuse(
		    at->book, entry->line, at->error,
		    "'%s' is an address on the network; a notebook reads files only: save it beside the "
		    "notebook and name that",
		    entry->value);
	snprintf(hash->data, sizeof hash->data, "missing");
	if (kg_source_open(spec, at->arena, &source, &ignored) != KG_OK) {
		hash_file(spec, hash->data);
		return KG_OK;
	}
	hash_file(source.path, hash->data);
	if (!source.schema)
		return KG_OK;
	folder = source.path != spec && strchr(spec, '#') ? kg_arena_text_n(at->arena, spec, strcspn(spec, "#"))
							  : kg_file_directory(source.path, at->arena);
	hash_file(folder ? kg_file_join(folder, "datapackage.json", at->arena) : NULL, hash->schema);
	return KG_OK;
}

/* The entry of `data:` that was hashed; each is hashed once. */
static enum kg_status add_data(struct stamping *at, const struct kg_front_entry *entry)
{
	struct input_hash *hash = &at->input[entry - at->book->front.entry];
	const char *slash = strrchr(entry->value, '/');
	struct kg_stamp_part part = { "data", entry->name, slash ? slash + 1 : entry->value, "" };

	if (!*hash->data)
		KG_TRY(hash_input(at, entry, hash));
	memcpy(part.hash, hash->data, sizeof part.hash);
	KG_TRY(add_part(at, part));
	if (!*hash->schema)
		return KG_OK;
	part.kind = "schema";
	part.what = kg_arena_format(at->arena, "datapackage.json of %s", part.what);
	memcpy(part.hash, hash->schema, sizeof part.hash);
	return add_part(at, part);
}

static enum kg_status add_upstream(struct stamping *at, size_t block)
{
	struct kg_stamp_part part = { "block", at->book->block[block].id, NULL, "" };

	part.what = kg_arena_format(at->arena, "block '#%s' above", part.name);
	memcpy(part.hash, at->stamp[block].in, sizeof part.hash);
	for (size_t i = 0; i < at->nupstream; i++)
		if (at->upstream[i] == block)
			return KG_OK;
	at->upstream[at->nupstream++] = block;
	return add_part(at, part);
}

/* A word of a command that names data or a block above. */
static enum kg_status add_word(struct stamping *at, size_t block, const char *word)
{
	const char *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
	const struct kg_front_entry *entry;
	size_t found;

	word = equals ? equals + 1 : word;
	entry = kg_front_find(&at->book->front, "data", word);
	if (entry)
		return add_data(at, entry);
	found = kg_book_find(at->book, word, strlen(word));
	return found < block && !at->book->block[found].claim ? add_upstream(at, found) : KG_OK;
}

static enum kg_status say_no_parameter(struct stamping *at, size_t line, const char *name)
{
	const struct kg_front *front = &at->book->front;
	const char **known = KG_ARRAY(at->arena, const char *, front->count + 1), *near;
	size_t count = 0;

	if (!known)
		return kg_error_memory(at->error);
	for (size_t i = 0; i < front->count; i++)
		if (strcmp(front->entry[i].map, "params") == 0)
			known[count++] = front->entry[i].name;
	near = kg_text_nearest(name, known, count);
	return kg_book_refuse(at->book, line, at->error,
			      near ? "'{{%s}}' is not declared under params:; did you mean '%s'?"
				   : "'{{%s}}' is not declared under params:; declare it in the front matter",
			      name, near);
}

/* A `{{name}}` or `{{= address}}` of a command. */
static enum kg_status add_slot(struct stamping *at, size_t block, const struct kg_book_command *command,
			       const struct kg_template_slot *slot)
{
	struct kg_value value;
	size_t found;

	if (slot->parameter) {
		const struct kg_front_entry *entry = kg_front_find(&at->book->front, "params", slot->parameter);
		struct kg_digest digest = kg_digest_new();
		struct kg_stamp_part part = { "param", slot->parameter, NULL, "" };

		if (!entry)
			return say_no_parameter(at, command->line, slot->parameter);
		part.what = kg_arena_format(at->arena, "parameter '%s'", slot->parameter);
		kg_digest_text(&digest, entry->value);
		kg_digest_end(&digest, part.hash);
		return add_part(at, part);
	}
	if (kg_value_parse(slot->asked, at->arena, &value, at->error) != KG_OK)
		return kg_book_refuse(at->book, command->line, at->error, "%s", at->error->what);
	found = kg_book_find(at->book, value.block, strlen(value.block));
	if (found >= block)
		return kg_book_refuse(at->book, command->line, at->error, "'{{= %s}}' asks no block above this one",
				      slot->asked);
	return add_upstream(at, found);
}

/* The command's words with parameters filled in; a value is filled with "1", which fits everywhere. */
static enum kg_status split_command(struct stamping *at, const char *text, struct kg_template_slot **slot,
				    size_t *count, struct kg_names *word)
{
	struct kg_template_fill *fill;

	KG_TRY(kg_template_slots(text, at->arena, slot, count, at->error));
	fill = KG_ARRAY(at->arena, struct kg_template_fill, *count + 1);
	if (!fill)
		return kg_error_memory(at->error);
	for (size_t i = 0; i < *count; i++) {
		const char *name = (*slot)[i].parameter;
		const struct kg_front_entry *entry = name ? kg_front_find(&at->book->front, "params", name) : NULL;

		fill[i].shown = fill[i].machine = entry ? entry->value : "1";
	}
	return kg_template_words(text, fill, at->arena, word, at->error);
}

static enum kg_status stamp_command(struct stamping *at, size_t block, const struct kg_book_command *command,
				    struct kg_digest *digest)
{
	struct kg_template_slot *slot;
	struct kg_names word;
	size_t count;

	kg_digest_text(digest, command->text);
	if (split_command(at, command->text, &slot, &count, &word) != KG_OK)
		return kg_book_refuse(at->book, command->line, at->error, "%s", at->error->what);
	for (size_t i = 1; i < word.count; i++)
		KG_TRY(add_word(at, block, word.name[i]));
	for (size_t i = 0; i < count; i++)
		KG_TRY(add_slot(at, block, command, &slot[i]));
	return KG_OK;
}

/* A value that a condition of a claim asks of a block above. */
static enum kg_status add_asked(struct stamping *at, size_t block, const struct kg_book_command *line,
				const struct kg_value *value)
{
	size_t found = kg_book_find(at->book, value->block, strlen(value->block));

	if (found >= block || at->book->block[found].claim)
		return kg_book_refuse(at->book, line->line, at->error,
				      "'%s' is the id of no block above; a claim asks blocks above it", value->block);
	return add_upstream(at, found);
}

static enum kg_status stamp_claim(struct stamping *at, size_t block, const struct kg_book_command *line,
				  struct kg_digest *digest)
{
	struct kg_claim claim;

	kg_digest_text(digest, line->text);
	if (kg_claim_parse(line->text, at->arena, &claim, at->error) != KG_OK)
		return kg_book_refuse(at->book, line->line, at->error, "%s", at->error->what);
	if (!claim.sign)
		return KG_OK;
	KG_TRY(add_asked(at, block, line, &claim.left));
	return claim.right_is_value ? add_asked(at, block, line, &claim.right) : KG_OK;
}

static enum kg_status add_style(struct stamping *at)
{
	struct kg_stamp_part part = { "style", "", "language or number of digits", "" };
	struct kg_digest digest = kg_digest_new();

	kg_digest_text(&digest, kg_front_text(&at->book->front, "lang", ""));
	kg_digest_text(&digest, kg_front_text(&at->book->front, "digits", ""));
	kg_digest_end(&digest, part.hash);
	return add_part(at, part);
}

static void finish_stamp(const struct stamping *at, struct kg_stamp *stamp)
{
	struct kg_digest digest = kg_digest_new();

	for (size_t i = 0; i < at->npart; i++) {
		kg_digest_text(&digest, at->part[i].kind);
		kg_digest_text(&digest, at->part[i].name);
		kg_digest_text(&digest, at->part[i].hash);
	}
	kg_digest_end(&digest, stamp->in);
	stamp->part = at->part;
	stamp->npart = at->npart;
	stamp->upstream = at->upstream;
	stamp->nupstream = at->nupstream;
}

static enum kg_status stamp_block(struct stamping *at, size_t index)
{
	const struct kg_book_block *block = &at->book->block[index];
	struct kg_stamp_part part = { "commands", "", "a command", "" };
	struct kg_digest digest = kg_digest_new();

	at->part = NULL;
	at->npart = at->room = at->nupstream = 0;
	at->upstream = KG_ARRAY(at->arena, size_t, index + 1);
	if (!at->upstream)
		return kg_error_memory(at->error);
	for (size_t i = 0; i < block->ncommand; i++)
		KG_TRY((block->claim ? stamp_claim : stamp_command)(at, index, &block->command[i], &digest));
	kg_digest_end(&digest, part.hash);
	KG_TRY(add_part(at, part));
	part = (struct kg_stamp_part){ "result", "", "the way keng computes it", "" };
	snprintf(part.hash, sizeof part.hash, "%s", KG_RESULT_VERSION);
	KG_TRY(add_part(at, part));
	KG_TRY(add_style(at));
	finish_stamp(at, &at->stamp[index]);
	return KG_OK;
}

static enum kg_status say_no_block(const struct stamping *at, const struct kg_book_value *value, const char *id)
{
	const char **known = KG_ARRAY(at->arena, const char *, at->book->nblock + 1), *near;

	if (!known)
		return kg_error_memory(at->error);
	for (size_t i = 0; i < at->book->nblock; i++)
		known[i] = at->book->block[i].id;
	near = kg_text_nearest(id, known, at->book->nblock);
	return kg_book_refuse(at->book, value->line, at->error,
			      near ? "'%s' is the id of no block; did you mean '%s'?"
				   : "'%s' is the id of no block; a value starts with the id of a block, or params",
			      id, near);
}

/* Gives each value of the prose to the block it asks. */
static enum kg_status place_value(const struct stamping *at, size_t index, struct kg_digest *digest)
{
	const struct kg_book_value *asked = &at->book->value[index];
	struct kg_value value;
	struct kg_stamp *stamp;
	size_t block, *longer;

	if (kg_value_parse(asked->asked, at->arena, &value, at->error) != KG_OK)
		return kg_book_refuse(at->book, asked->line, at->error, "%s", at->error->what);
	if (strcmp(value.block, "params") == 0) {
		if (!kg_front_find(&at->book->front, "params", value.column))
			return kg_book_refuse(at->book, asked->line, at->error,
					      "'%s' is not declared under params:; declare it in the front matter",
					      value.column);
		return KG_OK;
	}
	block = kg_book_find(at->book, value.block, strlen(value.block));
	if (block == at->book->nblock || at->book->block[block].claim)
		return say_no_block(at, asked, value.block);
	stamp = &at->stamp[block];
	if (!(stamp->nvalue & (stamp->nvalue - 1))) { /* full: its room is a power of two */
		longer = kg_arena_grow(at->arena, (void *)stamp->value, stamp->nvalue * sizeof *longer,
				       (stamp->nvalue ? 2 * stamp->nvalue : 1) * sizeof *longer);
		if (!longer)
			return kg_error_memory(at->error);
		stamp->value = longer;
	}
	((size_t *)stamp->value)[stamp->nvalue++] = index;
	kg_digest_text(&digest[block], asked->asked);
	return KG_OK;
}

enum kg_status kg_stamp_all(const struct kg_book *book, struct kg_arena *arena, struct kg_stamp **stamp,
			    struct kg_error *error)
{
	struct stamping at = { .book = book, .arena = arena, .error = error };
	struct kg_digest *digest = KG_ARRAY(arena, struct kg_digest, book->nblock + 1);

	at.input = KG_ARRAY(arena, struct input_hash, book->front.count + 1);
	at.stamp = KG_ARRAY(arena, struct kg_stamp, book->nblock + 1);
	if (!digest || !at.input || !at.stamp)
		return kg_error_memory(error);
	for (size_t i = 0; i < book->nblock; i++) {
		KG_TRY(stamp_block(&at, i));
		digest[i] = kg_digest_new();
	}
	for (size_t i = 0; i < book->nvalue; i++)
		KG_TRY(place_value(&at, i, digest));
	for (size_t i = 0; i < book->nblock; i++)
		if (at.stamp[i].nvalue)
			kg_digest_end(&digest[i], at.stamp[i].asked);
	*stamp = at.stamp;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}
