/*
 * The yardstick: a list of 300 rows as a C programmer writes it with ncurses. j and k move the selection, g and G go to the ends, q
 * leaves; the whole frame is painted for each key and sent with one doupdate. A row has the columns that the dashboard's has.
 */
#define _XOPEN_SOURCE_EXTENDED 1
#include <locale.h>
#include <ncurses.h>
#include <stdio.h>

enum { row_count = 300 };

static void paint(int selection, int first) {
    werase(stdscr);
    for (int line = 0; line < LINES && first + line < row_count; line++) {
        int row = first + line;
        char text[512];
        snprintf(text, sizeof text, "%c  %04d %04d_benchmark_person %40s %4d ok   V%d good  V%d   %s", row == selection ? '>' : ' ', row,
                 row, "", 12 + row % 9, row % 7 + 1, row % 7 + 1, row % 5 ? "" : "training data not approved");
        if (row == selection) wattron(stdscr, A_REVERSE | A_BOLD);
        mvwprintw(stdscr, line, 0, "%-*.*s", COLS, COLS, text);
        if (row == selection) wattroff(stdscr, A_REVERSE | A_BOLD);
    }
    wnoutrefresh(stdscr);
    doupdate();
}

int main(void) {
    int selection = 0, first = 0;
    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    curs_set(0);
    leaveok(stdscr, TRUE);
    paint(selection, first);
    for (int key = getch(); key != 'q' && key != ERR; key = getch()) {
        if (key == 'j' && selection < row_count - 1) selection++;
        if (key == 'k' && selection > 0) selection--;
        if (key == 'g') selection = 0;
        if (key == 'G') selection = row_count - 1;
        if (selection < first) first = selection;
        if (selection >= first + LINES) first = selection - LINES + 1;
        paint(selection, first);
    }
    endwin();
    return 0;
}
