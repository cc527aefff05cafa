set encoding utf8
set print '-'
$data << END_OF_DATA
1 30000 0.64 1.36 0 30000
2 32000 1.64 2.36 0 32000
3 25000 2.64 3.36 0 25000


1 30000 0 3261.27239036
2 32000 0 3261.27239036
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'People by level' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'People, persons' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: bounds.csv. Arrows: bounds, the value lies farther on. n = 3.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0783222
set rmargin at screen 0.987842
set bmargin at screen 0.134663
set tmargin at screen 0.807564
set border 1 back lc rgb '#888888' lw 1
set xrange [0.5:3.5]
unset xtics
set yrange [0:40000]
set ytics nomirror out scale 0 ('' 0, '' 10000, '' 20000, '' 30000, '' 40000)
set grid ytics
set label 4 'province' at screen 0.229909,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 'district' at screen 0.533082,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 'commune' at screen 0.836255,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '0' at screen 0.0692036,0.134663 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '10,000' at screen 0.0692036,0.302889 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '20,000' at screen 0.0692036,0.471114 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '30,000' at screen 0.0692036,0.639339 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '40,000' at screen 0.0692036,0.807564 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '> 30,000' at screen 0.229909,0.721633 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 13 '> 32,000' at screen 0.533082,0.755278 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 14 '25,000' at screen 0.836255,0.582658 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs solid 1 noborder notitle, \
  $data index 1 using 1:2:3:4 with vectors head filled size screen 0.011,22,60 fixed lc rgb '#1a1a1a' lw 1.2 notitle
unset output
print 'points ', STATS_records
