@tier:notes
Feature: Notes on the text of a law
  A note quotes the words it is about, with what stands before and after. It finds them again in a later version, where
  articles have other numbers and the text has changed a little; it never guesses between two places.

  Scenario Outline: <story>
    Given a law with the following articles:
      | number | text                                                                  |
      | 3      | De vreemdeling meldt zich binnen twee weken bij de gemeente.          |
      | 7a     | De gemeente nodigt de vreemdeling uit voor een gesprek over de taal.  |
      | 9      | Het gesprek duurt een uur. Het tweede gesprek duurt een half uur.     |
    And a note selecting "<quote>" with prefix "<prefix>" and suffix "<suffix>"
    And the note hints article "<hint>" at position 0 to 5
    When the note is resolved
    Then <then>
    And <also>

    Examples:
      | story                              | quote                            | prefix     | suffix    | hint | then                                 | also                       |
      | the words stand there once         | binnen twee weken                |            |           | 3    | the note resolves to article "3"     | the note is an exact match |
      | a hint that is out of date         | nodigt de vreemdeling uit        |            |           | 3    | the note resolves to article "7a"    | the note is an exact match |
      | the context decides between two    | gesprek duurt                    | tweede     | een half  | 9    | the note resolves to article "9"     | the note is an exact match |
      | a space more or less               | twee weken                       | binnen     | bij de    | 3    | the note resolves to article "3"     | the note is an exact match |
      | words that changed a little        | meldt zich binnen drie weken     | vreemdeling | bij de   | 3    | the note resolves to article "3"     | the note is a fuzzy match  |
      | two places alike                   | gesprek duurt                    |            |           | 9    | the note is ambiguous                | the note is ambiguous      |
      | two places nearly alike            | gesprek duurt geen                |            |           | 9    | the note is ambiguous                | the note is ambiguous      |
      | words that are gone                | de leges bedragen dertig euro    |            |           | 3    | the note is orphaned                 | the note is orphaned       |
      | a wholly other sentence            | een gesprek met de werkgever over loon en werktijden | vooraf | achteraf | 9 | the note is orphaned        | the note is orphaned       |

  Scenario: without context
    Given a law with the following articles:
      | number | text            |
      | 1      | Dit is de wet.  |
    And a note selecting "de wet"
    And the note hints article "1"
    When the note is resolved
    Then the note resolves to article "1"
