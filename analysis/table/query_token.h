/* query_token: SQL cut into names, numbers, texts and signs. Borrows the text. */
#ifndef KG_TABLE_QUERY_TOKEN_H
#define KG_TABLE_QUERY_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum kg_token_kind { KG_TOKEN_END, KG_TOKEN_NAME, KG_TOKEN_NUMBER, KG_TOKEN_TEXT, KG_TOKEN_SIGN };

struct kg_token {
	enum kg_token_kind kind;
	const char *start;
	size_t length;
	bool quoted; /* a name in quotes, which `start` and `length` leave out: never a keyword */
};

/* The next token before `end`, with `*at` moved behind it; comments and blanks are skipped. */
struct kg_token kg_token_next(const char **at, const char *end);

/* True for a bare word, letters of either case. */
bool kg_token_is(const struct kg_token *token, const char *word);

/* True for this sign. */
bool kg_token_sign(const struct kg_token *token, char sign);

/* True when the token is this name, as SQL compares names. */
bool kg_token_names(const struct kg_token *token, const char *name);

#endif
