// What tests start as a program speaks without colours, whatever is wished of the tests' own output. (Node warns on standard error
// where both wishes are given.)
delete process.env.FORCE_COLOR
process.env.NO_COLOR = '1'
