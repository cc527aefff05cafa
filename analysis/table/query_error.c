#include "table/query_error.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Names in the engine's messages are cut to this. */
#define NAME_MOST 128

struct refusal {
	const struct kg_table *const *table;
	size_t count;
	const char *message;
	struct kg_error *error;
};

/* The part of the message after `start`, without what follows `stop`; NULL when it starts otherwise. */
static const char *cut_name(const struct refusal *refusal, const char *start, const char *stop, char name[NAME_MOST])
{
	const char *from, *end;

	if (strncmp(refusal->message, start, strlen(start)) != 0)
		return NULL;
	from = refusal->message + strlen(start);
	end = *stop ? strstr(from, stop) : NULL;
	snprintf(name, NAME_MOST, "%.*s", end ? (int)(end - from) : (int)strlen(from), from);
	return name;
}

/* The nearer of two candidates, either of which may be NULL. */
static const char *choose_nearer(const char *word, const char *best, const char *next)
{
	const char *pair[] = { best ? best : next, next };

	return kg_text_nearest(word, pair, 2);
}

static enum kg_status refuse_column(const struct refusal *refusal, const char *name)
{
	const char *dot = strrchr(name, '.'), *nearest = NULL;
	const char *word = dot && dot[1] ? dot + 1 : name;

	for (size_t i = 0; i < refusal->count; i++)
		for (size_t j = 0; j < refusal->table[i]->ncol; j++)
			nearest = choose_nearer(word, nearest, refusal->table[i]->column[j].name);
	if (nearest)
		return kg_error_set(refusal->error, KG_EUSAGE, "'%s' is not a column; did you mean '%s'?", name,
				    nearest);
	return kg_error_set(refusal->error, KG_EUSAGE,
			    "'%s' is not a column; names stand in the file's first line, texts in single quotes", name);
}

static enum kg_status refuse_table(const struct refusal *refusal, const char *name)
{
	const char *nearest = NULL;

	for (size_t i = 0; i < refusal->count; i++)
		nearest = choose_nearer(name, nearest, refusal->table[i]->name);
	if (!nearest && refusal->count)
		nearest = refusal->table[0]->name;
	return kg_error_set(refusal->error, KG_EUSAGE, "'%s' is not an input; did you mean '%s'?", name,
			    nearest ? nearest : "");
}

/* A name such as "population-district" must be quoted: the commonest cause of a syntax error at a sign. */
static enum kg_status refuse_syntax(const struct refusal *refusal, const char *token)
{
	for (size_t i = 0; i < refusal->count; i++)
		if (strlen(token) == 1 && strpbrk(token, "-. ") && strchr(refusal->table[i]->name, *token))
			return kg_error_set(refusal->error, KG_EUSAGE,
					    "'%s' is not understood here; write the input's name in double quotes: "
					    "\"%s\"",
					    token, refusal->table[i]->name);
	return kg_error_set(refusal->error, KG_EUSAGE,
			    "'%s' is not understood here; correct the SQL before it (names with other signs than "
			    "letters and digits need double quotes)",
			    token);
}

/* `token` still has the engine's closing quote. */
static enum kg_status refuse_token(const struct refusal *refusal, char *token)
{
	size_t length = strlen(token);

	if (length && token[length - 1] == '"')
		token[length - 1] = '\0';
	if (token[0] && strchr("'\"`[", token[0]))
		return kg_error_set(refusal->error, KG_EUSAGE, "the quote in %s is not closed", token);
	return kg_error_set(refusal->error, KG_EUSAGE, "'%s' is not understood by SQL; leave it out", token);
}

enum kg_status kg_query_refuse(const char *message, const struct kg_table *const *table, size_t count,
			       struct kg_error *error)
{
	const struct refusal refusal = { table, count, message, error };
	char name[NAME_MOST];

	if (cut_name(&refusal, "no such column: ", "", name))
		return refuse_column(&refusal, name);
	if (cut_name(&refusal, "no such table: ", "", name))
		return refuse_table(&refusal, name);
	if (cut_name(&refusal, "near \"", "\": syntax error", name))
		return refuse_syntax(&refusal, name);
	if (cut_name(&refusal, "no such function: ", "", name))
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' is not a function of SQL; see sqlite.org/lang_corefunc.html", name);
	if (cut_name(&refusal, "ambiguous column name: ", "", name))
		return kg_error_set(error, KG_EUSAGE, "'%s' is a column of more than one input; write input.%s", name,
				    name);
	if (cut_name(&refusal, "not authorized to use function: ", "", name))
		return kg_error_set(error, KG_EUSAGE, "'%s' is not allowed: its value would change from run to run",
				    name);
	if (cut_name(&refusal, "unrecognized token: \"", "", name))
		return refuse_token(&refusal, name);
	if (cut_name(&refusal, "misuse of aggregate: ", "", name) ||
	    cut_name(&refusal, "misuse of aggregate function ", "", name))
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' folds rows, which is not possible here; leave it out, or use --sql", name);
	if (strcmp(message, "incomplete input") == 0)
		return kg_error_set(error, KG_EUSAGE, "the SQL ends too early; close its brackets and expressions");
	if (strncmp(message, "not authorized", 14) == 0 || strncmp(message, "access to ", 10) == 0 ||
	    strcmp(message, "authorization denied") == 0 || strstr(message, "may not be modified"))
		return kg_error_set(error, KG_EUSAGE, "only reading is allowed; begin the query with SELECT or WITH");
	return kg_error_set(error, KG_EUSAGE, "the SQL cannot be run: %s", message);
}
