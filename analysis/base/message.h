/* message: what keng says to readers, in their language. English stands in the source; po/<language>.po holds the
 * others and is compiled into the program. `make messages` brings the catalogues up to date. */
#ifndef KG_BASE_MESSAGE_H
#define KG_BASE_MESSAGE_H

#include <stdarg.h>

#include "base/arena.h"

enum kg_language { KG_ENGLISH, KG_VIETNAMESE, KG_LANGUAGES };

/* Marks a literal that is translated where it is shown. */
#define KG_MESSAGE(english) english

/* The language of a code such as "vi"; English for every code there is no catalogue for. */
enum kg_language kg_language_find(const char *code);

/* The code of a language: "en". */
const char *kg_language_code(enum kg_language language);

/* The text in that language; the English one where the catalogue has none. */
const char *kg_translate(enum kg_language language, const char *english);

/* A text for readers in every language, made when its numbers were known. */
struct kg_message {
	const char *in[KG_LANGUAGES];
};

/* Formats like printf, once for each language: %s, %c, %%, and the conversions d i u f e g of int, long, long long and
 * size_t, with a precision or width as digits or one '*' (texts: a precision). A translation may name arguments by place ("%2$s"). Numbers get the
 * language's decimal character, with the flag ' ("%'.4g", "%'zu") all of its tables' form: 1,340 and 1.340. Texts longer than 4 kB are cut. All NULL when memory is out. */
struct kg_message kg_message_format(struct kg_arena *arena, const char *english, va_list list);
struct kg_message kg_message_make(struct kg_arena *arena, const char *english, ...)
    __attribute__((format(printf, 2, 3)));

/* For %s: one argument that reads otherwise in each language, such as the name of a method. */
const char *kg_message_argument(struct kg_arena *arena, const struct kg_message *texts);

/* The same, but a plain text where all languages have the same one; NULL when none has any. */
const char *kg_message_pack(struct kg_arena *arena, const struct kg_message *texts);

/* Such an argument, or any other text, in one language; NULL when memory is out. */
const char *kg_message_text(const char *argument, enum kg_language language, struct kg_arena *arena);

#endif
