#include <ctype.h>
#include <string.h>

#include "command/command.h"

/* Copies one word from *at to `out`; quotes group, a backslash escapes inside "...". False: a quote is not closed. */
static bool copy_word(const char **at, struct kg_buffer *out)
{
	char quote = 0;

	for (; **at && (quote || !isspace((unsigned char)**at)); (*at)++) {
		char here = **at;

		if (quote == '"' && here == '\\' && (*at)[1])
			kg_buffer_add_char(out, *++*at);
		else if (quote ? here == quote : here == '"' || here == '\'')
			quote = quote ? 0 : here;
		else
			kg_buffer_add_char(out, here);
	}
	return !quote;
}

enum kg_status kg_command_words(const char *line, struct kg_arena *arena, struct kg_names *word, struct kg_error *error)
{
	const char **words = KG_ARRAY(arena, const char *, strlen(line) / 2 + 1), *at = line;

	word->count = 0;
	if (!words)
		return kg_error_memory(error);
	for (;;) {
		struct kg_buffer buffer;

		while (isspace((unsigned char)*at))
			at++;
		if (!*at)
			break;
		buffer = kg_buffer_new(arena);
		if (!copy_word(&at, &buffer))
			return kg_error_set(error, KG_EUSAGE,
					    "a quote is not closed in '%s'; close it, or escape it with a "
					    "backslash inside double quotes",
					    line);
		KG_TRY(kg_buffer_check(&buffer, error));
		words[word->count++] = buffer.text;
	}
	word->name = words;
	return KG_OK;
}
