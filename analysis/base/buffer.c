#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct kg_buffer kg_buffer_new(struct kg_arena *arena)
{
	struct kg_buffer buffer = { .arena = arena };

	buffer.text = kg_arena_alloc(arena, 64);
	buffer.room = buffer.text ? 64 : 0;
	buffer.failed = !buffer.text;
	return buffer;
}

static bool set_room(struct kg_buffer *buffer, size_t room)
{
	char *text = kg_arena_grow(buffer->arena, buffer->text, buffer->room, room);

	if (!text) {
		buffer->failed = true;
		return false;
	}
	buffer->text = text;
	buffer->room = room;
	return true;
}

static bool make_room(struct kg_buffer *buffer, size_t more)
{
	size_t room = buffer->room;

	if (buffer->failed)
		return false;
	if (buffer->length + more < room)
		return true;
	while (room <= buffer->length + more)
		room *= 2;
	return set_room(buffer, room);
}

void kg_buffer_reserve(struct kg_buffer *buffer, size_t length)
{
	size_t wanted = buffer->length + length + 1, doubled = 2 * buffer->room;

	if (!buffer->failed && wanted > buffer->room) /* doubled, so that small steps do not copy again and again */
		set_room(buffer, wanted > doubled ? wanted : doubled);
}

void kg_buffer_add_n(struct kg_buffer *buffer, const char *bytes, size_t length)
{
	if (!length || !make_room(buffer, length))
		return;
	memcpy(buffer->text + buffer->length, bytes, length);
	buffer->length += length;
	buffer->text[buffer->length] = '\0';
}

void kg_buffer_add(struct kg_buffer *buffer, const char *text)
{
	kg_buffer_add_n(buffer, text, strlen(text));
}

void kg_buffer_repeat(struct kg_buffer *buffer, const char *text, size_t times)
{
	while (times--)
		kg_buffer_add(buffer, text);
}

void kg_buffer_printf(struct kg_buffer *buffer, const char *format, ...)
{
	va_list list, again;
	size_t spare;
	int length;

	va_start(list, format);
	va_copy(again, list);
	spare = buffer->failed ? 0 : buffer->room - buffer->length;
	length = vsnprintf(spare ? buffer->text + buffer->length : NULL, spare, format, list);
	va_end(list);
	if (length >= 0 && (size_t)length >= spare && make_room(buffer, (size_t)length))
		vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
	if (length >= 0 && !buffer->failed)
		buffer->length += (size_t)length;
	va_end(again);
}

enum kg_status kg_buffer_check(const struct kg_buffer *buffer, struct kg_error *error)
{
	return buffer->failed ? kg_error_memory(error) : KG_OK;
}
