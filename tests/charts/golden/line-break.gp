set encoding utf8
set print '-'
$data << END_OF_DATA
2001 100
2002 104
2003 109

2004 95
2005 97
2006 100


2001 100
2002 104
2003 109
2004 95
2005 97
2006 100
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Persons, 2001–2006' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Synthetic data' at screen 0.0121581,0.0760599 left font 'Noto Sans:Bold,12' textcolor rgb '#555555' front
set label 3 'Source: made up for this test. n = 6.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0525714
set rmargin at screen 0.944389
set bmargin at screen 0.17207
set tmargin at screen 0.889443
set border 1 back lc rgb '#888888' lw 1
set xrange [2000.9:2006.1]
set xtics nomirror out scale 0.4 ('' 2001, '' 2002, '' 2003, '' 2004, '' 2005, '' 2006)
set grid noxtics
set yrange [90:110]
set ytics nomirror out scale 0 ('' 90, '' 95, '' 100, '' 105, '' 110)
set grid ytics
set label 4 '2001' at screen 0.0697218,0.138404 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '2002' at screen 0.241225,0.138404 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2003' at screen 0.412729,0.138404 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '2004' at screen 0.584232,0.138404 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '2005' at screen 0.755735,0.138404 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '2006' at screen 0.927239,0.138404 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '90' at screen 0.0434529,0.17207 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '95' at screen 0.0434529,0.351413 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '100' at screen 0.0434529,0.530756 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '105' at screen 0.0434529,0.7101 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '110' at screen 0.0434529,0.889443 right font 'Noto Sans,12' textcolor rgb '#444444' front
set arrow 1 from screen 0.49848,0.17207 to screen 0.49848,0.889443 nohead lc rgb '#a8a8a8' lw 1 dt (6,5)
set label 15 'boundary change' at screen 0.504559,0.878221 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 16 '100' at screen 0.956547,0.530756 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 1 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle
unset output
print 'points ', STATS_records
