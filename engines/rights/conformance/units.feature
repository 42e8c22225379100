Feature: Units
  A unit is a label that never changes a value. Values without a unit fit any; those with one must go together.

  Scenario Outline: <output>
    Given the following parameters:
      | e | 7          |
      | c | 300        |
      | d | 40         |
      | m | 12         |
      | w | 6          |
      | r | 0.5        |
      | p | 10         |
      | x | 1          |
      | y | 2          |
      | geboren | 2000-01-01 |
    When I evaluate "<output>" of "eenheden"
    Then <then>

    Examples: what does not go together
      | output                 | then                                                                |
      | euro_plus_cent         | the execution fails with "unit mismatch: ADD of euro and eurocent"  |
      | euro_met_maanden       | the execution fails with "unit mismatch: MULTIPLY"                  |
      | cent_door_dagen        | the execution fails with "unit mismatch: DIVIDE"                    |
      | dagen_tegen_weken      | the execution fails with "unit mismatch: GREATER_THAN"              |
      | takken                 | the execution fails with "unit mismatch: IF of euro and eurocent"   |
      | afgerond_is_cent       | the execution fails with "unit mismatch: SUBTRACT"                  |
      | leeftijd_tegen_maanden | the execution fails with "unit mismatch: LESS_THAN of years and months" |

    Examples: what does
      | output         | then                                |
      | cent_plus_cent | output "cent_plus_cent" equals 345  |
      | euro_maal_deel | output "euro_maal_deel" equals 35   |
      | cent_door_cent | output "cent_door_cent" equals 1.5  |
      | zonder_eenheid | output "zonder_eenheid" equals 3    |
