#ifndef ACTOR_TRAINER_CNCURSES_SHIM_H
#define ACTOR_TRAINER_CNCURSES_SHIM_H

/*
 * ncursesw, and under plain names what Swift cannot see of it: macros, variadic functions and changing globals.
 * No decision is made here.
 */

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <ncurses.h>
#include <term.h>
#include <stdio.h>
#include <wchar.h>

/* term.h defines short names as macros for old programs; they would shadow names of ours. */
#undef columns
#undef lines
#undef tab
#undef bell

/* --- Screens ------------------------------------------------------------------------------------------------------ */

/* A screen on standard input and output; NULL where the terminal's name is not known. */
static inline SCREEN *curses_new_screen(const char *name) { return newterm(name, stdout, stdin); }

static inline WINDOW *curses_standard_window(void) { return stdscr; }

/* Has the whole screen sent anew with the next update. */
static inline void curses_forget_screen(void) { clearok(curscr, TRUE); }

static inline int curses_colour_count(void) { return has_colors() ? COLORS : 0; }

static inline int curses_pair_count(void) { return COLOR_PAIRS; }

/* Whether the terminal can do what is needed to paint a screen at all. */
static inline int curses_can_move_cursor(void) { return tigetstr("cup") != NULL && tigetstr("cup") != (char *)-1; }

/* --- Cells -------------------------------------------------------------------------------------------------------- */

static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }

/* Fills a cell from a base character and its marks, ended by 0; OK or ERR. */
static inline int curses_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, (short)pair, NULL);
}

/* Writes cells at (x, y) without wrapping and without moving on, so that the last column of the last row can be written. */
static inline void curses_put_cells(int x, int y, const cchar_t *cells, int count) {
    mvwadd_wchnstr(stdscr, y, x, cells, count);
}

/* wchar.h declares it only to those who ask for X/Open's functions. */
extern int wcwidth(wchar_t);

/* The columns that the C library, and so ncurses, counts; -1 for what it does not print. */
static inline int curses_columns(wchar_t character) { return wcwidth(character); }

/* The most wide characters that one cell takes: a base and its marks. */
static inline int curses_characters_per_cell(void) { return CCHARW_MAX; }

/* --- Keys --------------------------------------------------------------------------------------------------------- */

enum curses_input { curses_nothing, curses_character, curses_key_code };

/* Takes the next key without waiting for it; `value` gets its character or its code. */
static inline enum curses_input curses_next_input(int *value) {
    wint_t read = 0;
    int kind = wget_wch(stdscr, &read);
    *value = (int)read;
    return kind == OK ? curses_character : kind == KEY_CODE_YES ? curses_key_code : curses_nothing;
}

/* Codes of our own for the marks around pasted text; ncurses' own end at KEY_MAX (0777), those that it makes up begin there. */
enum { curses_paste_begins = 01770, curses_paste_ends = 01771 };

static inline void curses_learn_paste_keys(void) {
    define_key("\033[200~", curses_paste_begins);
    define_key("\033[201~", curses_paste_ends);
}

enum {
    curses_key_down = KEY_DOWN,
    curses_key_up = KEY_UP,
    curses_key_left = KEY_LEFT,
    curses_key_right = KEY_RIGHT,
    curses_key_home = KEY_HOME,
    curses_key_end = KEY_END,
    curses_key_page_up = KEY_PPAGE,
    curses_key_page_down = KEY_NPAGE,
    curses_key_insert = KEY_IC,
    curses_key_delete = KEY_DC,
    curses_key_backspace = KEY_BACKSPACE,
    curses_key_back_tab = KEY_BTAB,
    curses_key_enter = KEY_ENTER,
    curses_key_resize = KEY_RESIZE,
    curses_key_f0 = KEY_F0,
};

#endif
