set encoding utf8
set print '-'
$data << END_OF_DATA
100 5
500 13
2000 16
4000 17


100 35
500 27
2000 24
4000 23


100 1
500 9
2000 14.5
4000 16


100 44
500 31
2000 25.5
4000 24


100 30
500 24
4000 20


2000 14
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Value by population' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Source: limits.csv. Limits: 95% (dashed) and 99.8% of places would lie inside by chance alone; dotted: the target.' at screen 0.0121581,0.0760599 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 3 'n = 4.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0421398
set rmargin at screen 0.967574
set bmargin at screen 0.214464
set tmargin at screen 0.852037
set border 1 back lc rgb '#888888' lw 1
set xrange [0:5000]
set xtics nomirror out scale 0.4 ('' 0, '' 1000, '' 2000, '' 3000, '' 4000, '' 5000)
set grid noxtics
set yrange [0:40]
set ytics nomirror out scale 0 ('' 0, '' 10, '' 20, '' 30, '' 40)
set grid ytics
set label 4 '0' at screen 0.0421398,0.180798 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '1,000' at screen 0.227227,0.180798 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2,000' at screen 0.412314,0.180798 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '3,000' at screen 0.597401,0.180798 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '4,000' at screen 0.782488,0.180798 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '5,000' at screen 0.967574,0.180798 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '0' at screen 0.0330213,0.214464 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '10' at screen 0.0330213,0.373857 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '20' at screen 0.0330213,0.53325 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '30' at screen 0.0330213,0.692643 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '40' at screen 0.0330213,0.852037 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 'Population' at screen 0.504857,0.138404 center font 'Noto Sans,12' textcolor rgb '#555555' front
set label 16 'Value' at screen 0.0121581,0.885702 left font 'Noto Sans,12' textcolor rgb '#555555' front
set arrow 1 from screen 0.0421398,0.53325 to screen 0.967574,0.53325 nohead lc rgb '#6b6b6b' lw 1 dt (2,4)
set label 17 'large' at screen 0.412314,0.412677 center font 'Noto Sans,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2 with lines lc rgb '#888888' lw 1.2 dt (6,4) notitle, \
  $data index 1 using 1:2 with lines lc rgb '#888888' lw 1.2 dt (6,4) notitle, \
  $data index 2 using 1:2 with lines lc rgb '#888888' lw 1.2 dt 1 notitle, \
  $data index 3 using 1:2 with lines lc rgb '#888888' lw 1.2 dt 1 notitle, \
  $data index 4 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle, \
  $data index 5 using 1:2 with points pt 13 ps 0.55 lc rgb '#d55e00' notitle
unset output
print 'points ', STATS_records
