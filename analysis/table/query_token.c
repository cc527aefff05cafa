#include "table/query_token.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static const char *skip_line(const char *at, const char *end)
{
	const char *line = memchr(at, '\n', (size_t)(end - at));

	return line ? line : end;
}

static const char *skip_comment(const char *at, const char *end)
{
	for (at += 2; at + 1 < end; at++)
		if (at[0] == '*' && at[1] == '/')
			return at + 2;
	return end;
}

static const char *skip_blanks(const char *at, const char *end)
{
	for (;;) {
		while (at < end && isspace((unsigned char)*at))
			at++;
		if (end - at >= 2 && at[0] == '-' && at[1] == '-')
			at = skip_line(at, end);
		else if (end - at >= 2 && at[0] == '/' && at[1] == '*')
			at = skip_comment(at, end);
		else
			return at;
	}
}

/* Behind the closing quote; a doubled one stands for itself. */
static const char *skip_quoted(const char *at, const char *end, char close)
{
	for (at++; at < end; at++) {
		if (*at != close)
			continue;
		if (close == ']' || at + 1 == end || at[1] != close)
			return at + 1;
		at++;
	}
	return end;
}

static const char *skip_number(const char *at, const char *end)
{
	while (at < end && (isalnum((unsigned char)*at) || *at == '.' ||
			    ((*at == '+' || *at == '-') && (at[-1] == 'e' || at[-1] == 'E'))))
		at++;
	return at;
}

struct kg_token kg_token_next(const char **at, const char *end)
{
	const char *start = skip_blanks(*at, end);
	struct kg_token token = { KG_TOKEN_SIGN, start, 1, false };

	if (start == end) {
		token.kind = KG_TOKEN_END;
		token.length = 0;
		*at = end;
		return token;
	}
	*at = start + 1;
	if (*start == '\'') {
		token.kind = KG_TOKEN_TEXT;
		*at = skip_quoted(start, end, '\'');
	} else if (*start == '"' || *start == '`' || *start == '[') {
		token = (struct kg_token){ KG_TOKEN_NAME, start + 1, 0, true };
		*at = skip_quoted(start, end, *start == '[' ? ']' : *start);
		token.length = *at - start >= 2 ? (size_t)(*at - start) - 2 : 0;
		return token;
	} else if (isdigit((unsigned char)*start) ||
		   (*start == '.' && start + 1 < end && isdigit((unsigned char)start[1]))) {
		token.kind = KG_TOKEN_NUMBER;
		*at = skip_number(start, end);
	} else if (is_letter(*start)) {
		token.kind = KG_TOKEN_NAME;
		while (*at < end && is_letter(**at))
			(*at)++;
	}
	token.length = (size_t)(*at - start);
	return token;
}

bool kg_token_is(const struct kg_token *token, const char *word)
{
	return token->kind == KG_TOKEN_NAME && !token->quoted && kg_token_names(token, word);
}

bool kg_token_sign(const struct kg_token *token, char sign)
{
	return token->kind == KG_TOKEN_SIGN && *token->start == sign;
}

bool kg_token_names(const struct kg_token *token, const char *name)
{
	return token->kind == KG_TOKEN_NAME && strlen(name) == token->length &&
	       strncasecmp(token->start, name, token->length) == 0;
}
