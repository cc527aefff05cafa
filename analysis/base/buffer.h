/* buffer: a text that grows, for everything keng prints. Lives in its arena; a failed append is remembered, so that
 * writers append freely and check once. */
#ifndef KG_BASE_BUFFER_H
#define KG_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct kg_buffer {
	struct kg_arena *arena;
	char *text; /* NUL-terminated once anything was appended */
	size_t length, room;
	bool failed;
};

struct kg_buffer kg_buffer_new(struct kg_arena *arena);
void kg_buffer_add(struct kg_buffer *buffer, const char *text);
void kg_buffer_add_n(struct kg_buffer *buffer, const char *bytes, size_t length);

/* Most cells of a table go through here: the room is there, as a rule. */
static inline void kg_buffer_add_char(struct kg_buffer *buffer, char character)
{
	if (buffer->failed || buffer->length + 1 >= buffer->room) {
		kg_buffer_add_n(buffer, &character, 1);
		return;
	}
	buffer->text[buffer->length++] = character;
	buffer->text[buffer->length] = '\0';
}

void kg_buffer_repeat(struct kg_buffer *buffer, const char *text, size_t times);
void kg_buffer_printf(struct kg_buffer *buffer, const char *format, ...) KG_PRINTF(2, 3);

/* Room for `length` more bytes at once, where an estimate saves growing step by step. */
void kg_buffer_reserve(struct kg_buffer *buffer, size_t length);

/* KG_ENOMEM when an append failed. */
enum kg_status kg_buffer_check(const struct kg_buffer *buffer, struct kg_error *error) KG_CHECKED;

#endif
