#include "table/missing.h"

#include <string.h>

#include "base/text.h"

static const struct kg_missing_token usual[] = { { "NA", NULL, NULL } };
const struct kg_missing kg_missing_usual = { usual, 1, 0, false };

/* Place of the token with this text; `count` = none. */
static size_t find(const struct kg_missing_token *token, size_t count, const char *text, size_t length)
{
	size_t at = 0;

	while (at < count && !(strlen(token[at].text) == length && memcmp(token[at].text, text, length) == 0))
		at++;
	return at;
}

/* What is said twice of the same token; false when it contradicts itself. */
static bool merge(struct kg_missing_token *into, const struct kg_missing_token *token, struct kg_missing_clash *clash)
{
	if (into->label && token->label && strcmp(into->label, token->label) != 0) {
		*clash = (struct kg_missing_clash){ into->text, { into->label, token->label } };
		return false;
	}
	into->label = into->label ? into->label : token->label;
	into->label_vi = into->label_vi ? into->label_vi : token->label_vi;
	return true;
}

const struct kg_missing *kg_missing_make(const struct kg_missing_token *token, size_t count, struct kg_arena *arena,
					 struct kg_missing_clash *clash)
{
	struct kg_missing_token *own = KG_ARRAY(arena, struct kg_missing_token, count + 1);
	struct kg_missing *made = KG_NEW(arena, struct kg_missing);

	*clash = (struct kg_missing_clash){ 0 };
	if (!own || !made)
		return NULL;
	made->token = own;
	for (size_t i = 0; i < count; i++) {
		size_t at = find(own, made->count, token[i].text, strlen(token[i].text));

		if (at == made->count)
			own[made->count++].text = token[i].text;
		if (!merge(&own[at], &token[i], clash))
			return NULL;
		if (!*own[at].text && own[at].label)
			made->empty = (uint8_t)(at + 1);
		made->digits |= strpbrk(own[at].text, "0123456789") != NULL;
	}
	return made;
}

/* Splits "..=not reported" at its first '=' that has a label behind it. */
static bool take_apart(const char *part, struct kg_arena *arena, struct kg_missing_token *token)
{
	const char *equals = strchr(part, '='), *label = equals ? equals + 1 : "";
	size_t length = strlen(part);

	while (*label == ' ')
		label++;
	if (*label) {
		token->label = label;
		length = (size_t)(equals - part);
		while (length && part[length - 1] == ' ')
			length--;
	}
	token->text = kg_arena_text_n(arena, part, length);
	return token->text != NULL;
}

enum kg_status kg_missing_parse(const char *list, struct kg_arena *arena, const struct kg_missing **missing,
				struct kg_error *error)
{
	const char *const *part;
	size_t count = kg_text_split(list, ',', arena, &part);
	struct kg_missing_token *token = KG_ARRAY(arena, struct kg_missing_token, count + 1);
	struct kg_missing_clash clash;

	if (!token || (*list && !part))
		return kg_error_memory(error);
	if (count > KG_MISSING_MOST)
		return kg_error_set(error, KG_EUSAGE, "'--missing' takes at most %zu texts, not %zu; leave some out",
				    KG_MISSING_MOST, count);
	for (size_t i = 0; i < count; i++)
		if (!take_apart(part[i], arena, &token[i]))
			return kg_error_memory(error);
	*missing = kg_missing_make(token, count, arena, &clash);
	if (clash.text)
		return kg_error_set(error, KG_EUSAGE, "'--missing' gives '%s' two meanings, '%s' and '%s'; keep one",
				    clash.text, clash.label[0], clash.label[1]);
	return *missing ? KG_OK : kg_error_memory(error);
}

uint8_t kg_missing_kind(const struct kg_missing *missing, const char *text, size_t length)
{
	size_t at;

	if (!length)
		return (uint8_t)(KG_MISSING_EMPTY + missing->empty);
	at = find(missing->token, missing->count, text, length);
	return at < missing->count ? (uint8_t)(KG_MISSING_TOKEN + at) : KG_MISSING_NONE;
}

bool kg_missing_count(const struct kg_column *column, size_t nrow, size_t count[KG_MISSING_KINDS])
{
	const struct kg_absent *absent = column->absent;

	if (!absent)
		return false;
	memcpy(count, absent->count, sizeof absent->count);
	for (size_t i = 0; absent->kind && i < nrow; i++)
		count[absent->kind[i]]++;
	count[KG_MISSING_NONE] = 0;
	return true;
}
